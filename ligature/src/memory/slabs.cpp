// SPDX-License-Identifier: MIT
#include "memory/slabs.h"

#include "base/fatal.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <linux/membarrier.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <fcntl.h>

namespace ligature {
namespace {

constexpr size_t kPage = 4096;
constexpr size_t kReach = (size_t{1} << 31) - (size_t{64} << 20); // leaves room for the anchor's neighbours
// Before a function the function sanitizer looks for its type: that must be readable.
constexpr size_t kLead = 64;
constexpr size_t kStep = size_t{32} << 20;

std::string system_error(const char *what) {
  return std::string(what) + ": " + std::strerror(errno);
}

/// -1, and errno, if it cannot be had.
int create_memory_file() {
  int file = memfd_create("ligature-code", MFD_CLOEXEC);
  if (file >= 0 && file <= STDERR_FILENO) { // a program's output would go into its own code
    int higher = fcntl(file, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    close(file);
    file = higher;
  }
  return file;
}

void *reserve(uintptr_t at, size_t size) {
  int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | (at ? MAP_FIXED_NOREPLACE : 0);
  void *got = mmap(reinterpret_cast<void *>(at), size, PROT_NONE, flags, -1, 0);
  return got == MAP_FAILED ? nullptr : got;
}

/// Below the anchor first: above an executable its heap grows.
void *reserve_near(uintptr_t anchor, size_t size) {
  uintptr_t page = anchor & ~(kStep - 1);
  for (size_t away = size + kStep; away <= kReach && away <= page; away += kStep)
    if (void *got = reserve(page - away, size))
      return got;
  for (size_t away = kStep; away + size <= kReach; away += kStep)
    if (void *got = reserve(page + away, size))
      return got;
  return nullptr;
}

void *reserve_somewhere(const void *anchor, size_t size) {
  if (anchor)
    if (void *got = reserve_near(reinterpret_cast<uintptr_t>(anchor), size))
      return got;
  return reserve(0, size);
}

} // namespace

std::expected<std::unique_ptr<Slabs>, std::string> Slabs::create(const Options &options) {
  std::unique_ptr<Slabs> slabs(new Slabs);
  if (std::string problem = slabs->map_file(options); !problem.empty())
    return std::unexpected("code memory: " + problem +
                           "; memory files (memfd_create) that may be mapped executable are needed");
  register_process();
  return slabs;
}

std::string Slabs::map_file(const Options &options) {
  // Five eighths code, one eighth constants, the rest data (cells, tables, what units define).
  size_t eighth = (options.reserve_bytes / 8 + kPage - 1) & ~(kPage - 1);
  if (eighth == 0)
    return "cannot reserve 0 bytes";
  if (options.reserve_bytes > kReach) // any two addresses in it are a 32-bit displacement apart
    return "cannot reserve more than " + std::to_string(kReach >> 20) + " MiB";
  sizes_ = {eighth * 5, eighth, eighth * 2};
  size_ = eighth * 8;
  file_ = create_memory_file();
  if (file_ < 0)
    return system_error("memfd_create");
  if (ftruncate(file_, static_cast<off_t>(sizes_[0] + sizes_[1])) != 0)
    return system_error("ftruncate");
  base_ = static_cast<char *>(reserve_somewhere(options.anchor, size_));
  if (!base_)
    return system_error("reserving addresses");
  if (std::string problem = map_segments(); !problem.empty())
    return problem;
  if (options.private_code)
    make_code_private();
  make_free_lists();
  return "";
}

std::string Slabs::map_segments() {
  starts_ = {0, sizes_[0], sizes_[0] + sizes_[1]};
  if (!map_view(base_, 0, sizes_[0], PROT_READ | PROT_EXEC) ||
      !map_view(base_ + starts_[1], starts_[1], sizes_[1], PROT_READ) ||
      mprotect(base_ + starts_[2], sizes_[2], PROT_READ | PROT_WRITE) != 0)
    return system_error("mmap");
  void *view = mmap(nullptr, starts_[2], PROT_READ | PROT_WRITE, MAP_SHARED | MAP_NORESERVE, file_, 0);
  if (view == MAP_FAILED)
    return system_error("mmap of the writable view");
  writable_ = static_cast<char *>(view);
  return "";
}

// Writing through /proc/self/mem does what a debugger does: no page is ever writable for the process's own
// instructions.
void Slabs::make_code_private() {
  self_memory_ = open("/proc/self/mem", O_RDWR | O_CLOEXEC);
  if (self_memory_ < 0)
    return;
  constexpr int kSharing = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED;
  char nothing = 0;
  auto first = static_cast<off_t>(reinterpret_cast<uintptr_t>(base_));
  if (mmap(base_, sizes_[0], PROT_READ | PROT_EXEC, kSharing, -1, 0) != MAP_FAILED &&
      pwrite(self_memory_, &nothing, 1, first) == 1)
    return;
  close(self_memory_); // no breakpoints but the processor's own (gdb: hbreak)
  self_memory_ = -1;
  if (!map_view(base_, 0, sizes_[0], PROT_READ | PROT_EXEC))
    fatal("code memory: what was mapped once cannot be mapped again");
}

void Slabs::carry_over(const Piece &piece) {
  auto address = static_cast<off_t>(reinterpret_cast<uintptr_t>(piece.address));
  for (size_t done = 0; done < piece.size;) {
    ssize_t written =
        pwrite(self_memory_, piece.writable + done, piece.size - done, address + static_cast<off_t>(done));
    if (written <= 0)
      fatal("code memory: this process may no longer write to itself");
    done += static_cast<size_t>(written);
  }
}

void Slabs::make_free_lists() {
  Guard lock(mutex_);
  for (size_t i = 0; i < kSegments; ++i)
    free_[i] = std::make_unique<FreeList>(sizes_[i], kLead);
}

bool Slabs::map_view(char *at, size_t offset, size_t size, int protection) {
  return mmap(at, size, protection, MAP_SHARED | MAP_NORESERVE | MAP_FIXED, file_,
              static_cast<off_t>(offset)) != MAP_FAILED;
}

Slabs::~Slabs() {
  if (base_)
    munmap(base_, size_);
  if (writable_)
    munmap(writable_, starts_[2]);
  for (int descriptor : {file_, copy_, self_memory_})
    if (descriptor >= 0)
      close(descriptor);
}

std::expected<Piece, std::string> Slabs::allocate(Segment segment, size_t size, size_t alignment) {
  auto index = static_cast<size_t>(segment);
  Guard lock(mutex_);
  if (!unusable_.empty())
    return std::unexpected(unusable_);
  Piece piece{nullptr, nullptr, size, segment, false};
  size_t offset = alignment <= kPage ? free_[index]->take(size, alignment, piece.reused) : FreeList::kNone;
  if (offset == FreeList::kNone)
    return std::unexpected("code memory: no room for " + std::to_string(size) + " bytes at alignment " +
                           std::to_string(alignment) + "; " + std::to_string(sizes_[index]) +
                           " bytes are reserved for this kind");
  piece.address = base_ + starts_[index] + offset;
  piece.writable = segment == Segment::Data ? piece.address : writable_ + starts_[index] + offset;
  make_pages_locked(piece, offset + size);
  used_ += size;
  ++allocations_;
  return piece;
}

/// The system makes some pages at once in half the time that it takes when each is touched. Where it cannot
/// (Linux before 5.14), nothing is lost.
void Slabs::make_pages_locked(const Piece &piece, size_t end) {
  constexpr size_t kAtOnce = 8 * kPage;
  auto index = static_cast<size_t>(piece.segment);
  if (end <= paged_[index])
    return;
  size_t begin =
      std::exchange(paged_[index], std::min(sizes_[index], (end + kAtOnce - 1) / kAtOnce * kAtOnce));
  char *view = piece.segment == Segment::Data ? base_ + starts_[index] : writable_ + starts_[index];
  if (paged_[index] - begin <= 2 * kAtOnce) // else who asked for that much may not want to touch all of it
    madvise(view + begin, paged_[index] - begin, MADV_POPULATE_WRITE);
}

void Slabs::deallocate(const Piece &piece) {
  auto index = static_cast<size_t>(piece.segment);
  size_t offset = static_cast<size_t>(piece.address - base_) - starts_[index];
  Guard lock(mutex_);
  if (!unusable_.empty())
    return; // the pages are another process's as well
  auto extent = free_[index]->give(offset, piece.size);
  return_pages(piece.segment, extent, offset, piece.size);
  used_ -= piece.size;
  --allocations_;
}

/// Of the free `extent`, only pages that the piece just freed lay on can be newly empty.
void Slabs::return_pages(Segment segment, std::pair<size_t, size_t> extent, size_t offset, size_t size) {
  size_t first = std::max((extent.first + kPage - 1) & ~(kPage - 1), offset & ~(kPage - 1));
  size_t last =
      std::min((extent.first + extent.second) & ~(kPage - 1), (offset + size + kPage - 1) & ~(kPage - 1));
  if (first >= last)
    return;
  // Failure leaves the pages where they are: they will be used again.
  size_t start = starts_[static_cast<size_t>(segment)] + first;
  if (segment == Segment::Data || (self_memory_ >= 0 && segment == Segment::Code))
    madvise(base_ + start, last - first, MADV_DONTNEED);
  if (segment != Segment::Data)
    fallocate(file_, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, static_cast<off_t>(start),
              static_cast<off_t>(last - first));
}

// --- fork

/// A file with what the file's pages in use hold.
std::string Slabs::copy_file(int &copy) {
  copy = create_memory_file();
  if (copy < 0)
    return system_error("memfd_create");
  if (ftruncate(copy, static_cast<off_t>(starts_[2])) != 0)
    return system_error("ftruncate");
  Guard lock(mutex_);
  for (size_t i : {0, 1})
    for (size_t done = starts_[i], end = starts_[i] + free_[i]->high_water(); done < end;) {
      ssize_t written = pwrite(copy, writable_ + done, end - done, static_cast<off_t>(done));
      if (written <= 0)
        return system_error("copying it");
      done += static_cast<size_t>(written);
    }
  return "";
}

void Slabs::before_fork() {
  std::string problem = copy_file(copy_);
  if (problem.empty())
    return;
  close(std::exchange(copy_, -1));
  Guard lock(mutex_);
  unusable_ = "code memory: a forked process cannot link: " + problem; // the parent takes it back
}

void Slabs::after_fork_in_parent() {
  if (copy_ >= 0)
    close(std::exchange(copy_, -1));
  Guard lock(mutex_);
  unusable_.clear();
}

void Slabs::after_fork_in_child() {
  std::string problem = copy_ >= 0 ? use_copy() : "";
  if (problem.empty())
    return;
  Guard lock(mutex_);
  unusable_ = "code memory: a forked process cannot link: " + problem;
}

/// Maps the copy where the parent's file was. Nothing but this runs in the child yet.
std::string Slabs::use_copy() {
  std::swap(file_, copy_);
  close(std::exchange(copy_, -1));
  if (self_memory_ >= 0) { // the parent's
    close(self_memory_);
    self_memory_ = open("/proc/self/mem", O_RDWR | O_CLOEXEC);
    if (self_memory_ < 0)
      return system_error("/proc/self/mem");
  } else if (!map_view(base_, 0, sizes_[0], PROT_READ | PROT_EXEC)) {
    return system_error("mmap");
  }
  constexpr int kReadWrite = PROT_READ | PROT_WRITE;
  if (!map_view(base_ + starts_[1], starts_[1], sizes_[1], PROT_READ) ||
      !map_view(writable_, 0, starts_[2], kReadWrite))
    return system_error("mmap");
  return "";
}

void Slabs::register_process() {
  syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE, 0, 0);
}

void Slabs::synchronise_cores() {
  syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE, 0, 0);
}

Slabs::Use Slabs::use() const {
  Guard lock(mutex_);
  Use use{0, used_, allocations_, kSegments + 1};
  for (auto &list : free_)
    use.mapped += list->high_water();
  return use;
}

std::pair<uintptr_t, uintptr_t> Slabs::code_range() const {
  return {begin(), begin() + sizes_[0]};
}

bool Slabs::in_reach(const void *address) const {
  auto at = reinterpret_cast<uintptr_t>(address);
  auto distance = [](uintptr_t a, uintptr_t b) { return a > b ? a - b : b - a; };
  constexpr uintptr_t limit = (uintptr_t{1} << 31) - 4096;
  return distance(at, begin()) < limit && distance(at, end()) < limit;
}

} // namespace ligature
