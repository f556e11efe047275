// SPDX-License-Identifier: MIT
//
// Memory for code and its data: one reserved range of addresses, mapped once, so that the process's map has
// the same few entries however many functions there are. Code and constants are pages of a memory file and
// are written through a second, writable view of it; no page is ever writable and executable. Data is
// ordinary private memory.
//
//   reserved range   | code: read+execute | constants: read | data: read+write |
//   writable view    | the same file pages, read+write      |
//
// Pieces are 16-byte aligned and share pages; freed pieces are merged, used again, and whole free pages go
// back to the system. Knows no LLVM: link/ wraps it for JITLink, flat units use it as it is.
// A forked child shares the file's pages with its parent. Unless the fork stands between before_fork and
// after_fork, it must not link anything, nor give anything back, before it has exec'ed.
#pragma once

#include "base/mutex.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <map>
#include <memory>
#include <set>
#include <string>

namespace ligature {

enum class Segment : uint8_t { Code, Constants, Data };
constexpr size_t kSegments = 3;

/// A piece of memory. `address` is where it runs, `writable` where it is written (the same for Data).
struct Piece {
  char *address = nullptr;
  char *writable = nullptr;
  size_t size = 0;
  Segment segment = Segment::Code;
  bool reused = false; ///< something else was there before
  explicit operator bool() const { return address != nullptr; }
};

/// Free space of one segment, by offset: best fit, neighbours merged.
class FreeList {
public:
  /// Offsets below `first` are never handed out.
  FreeList(size_t size, size_t first) : size_(size), high_water_(first) {}
  static constexpr size_t kGranule = 16;
  static constexpr size_t kNone = ~size_t{0};

  /// Offset of `size` bytes at `alignment` (a power of two), or kNone. `reused` says if any of it was in
  /// use before.
  size_t take(size_t size, size_t alignment, bool &reused);
  /// What take() gave, at its offset and with its size. Returns the free extent (offset, bytes) around it.
  std::pair<size_t, size_t> give(size_t offset, size_t size);
  /// Above it nothing has been used yet.
  size_t high_water() const { return high_water_; }

private:
  void insert(size_t offset, size_t size);
  void erase(std::map<size_t, size_t>::iterator extent);
  size_t take_new(size_t size, size_t alignment);

  size_t size_;
  size_t high_water_;
  std::map<size_t, size_t> by_offset_;          // offset -> size
  std::set<std::pair<size_t, size_t>> by_size_; // (size, offset)
};

class Slabs {
public:
  struct Options {
    size_t reserve_bytes = size_t{1} << 30;
    const void *anchor = nullptr; ///< be within reach of a 32-bit displacement from here, if possible
    /// Code runs in anonymous memory of its own, to which what was written is carried over (`publish`): a
    /// debugger cannot write a breakpoint to a shared mapping that is not writable, and perf asks its map
    /// only about anonymous memory.
    bool private_code = false;
  };
  static std::expected<std::unique_ptr<Slabs>, std::string> create(const Options &options);
  ~Slabs();
  Slabs(const Slabs &) = delete;
  Slabs &operator=(const Slabs &) = delete;

  /// `size` bytes at `alignment` (a power of two, at most a page), or the reason why not. Any thread.
  /// Contents of a piece that was used before are undefined; else zero.
  std::expected<Piece, std::string> allocate(Segment segment, size_t size, size_t alignment = 16);
  /// Exactly what allocate() gave. Nothing may run in it any more.
  void deallocate(const Piece &piece);

  /// Call when all of a piece has been written, before anything enters it.
  void publish(const Piece &piece) {
    if (self_memory_ >= 0 && piece.segment == Segment::Code)
      carry_over(piece);
  }

  /// Around a fork whose child goes on linking; nothing else may be done with the slabs in between. Copies
  /// the code and constants in use, in the parent, which may write on at once. If there is no memory for
  /// that, `allocate` fails in the child, and says why.
  void before_fork();
  void after_fork_in_parent();
  void after_fork_in_child();

  /// Call between writing code to a reused piece and the first call to it.
  static void synchronise_cores();
  /// What `create` does so that the former works. Once in a process; with one thread it takes no time, with
  /// several the system waits for all processors (7 ms, seen on two).
  static void register_process();

  struct Use {
    size_t mapped = 0; ///< bytes up to the high-water marks
    size_t used = 0;
    size_t allocations = 0;
    size_t mappings = 0;
  };
  Use use() const;

  uintptr_t begin() const { return reinterpret_cast<uintptr_t>(base_); }
  uintptr_t end() const { return begin() + size_; }
  std::pair<uintptr_t, uintptr_t> code_range() const;
  /// Whether a 32-bit displacement reaches `address` from anywhere in the range.
  bool in_reach(const void *address) const;

private:
  Slabs() = default;
  std::string map_file(const Options &options); // the reason if it cannot
  std::string map_segments();
  void make_free_lists();
  std::string copy_file(int &copy);
  std::string use_copy();
  bool map_view(char *at, size_t offset, size_t size, int protection);
  /// Makes the code mapping private if this process may write to itself as a debugger does.
  void make_code_private();
  void carry_over(const Piece &piece);
  void make_pages_locked(const Piece &piece, size_t end) REQUIRES(mutex_);
  void return_pages(Segment segment, std::pair<size_t, size_t> extent, size_t offset, size_t size);

  int file_ = -1;
  int copy_ = -1;        // of the file, for a child; between before_fork and after_fork_*
  int self_memory_ = -1; // /proc/self/mem; -1: code is mapped shared
  char *base_ = nullptr;
  char *writable_ = nullptr;
  size_t size_ = 0;
  std::array<size_t, kSegments> starts_{}, sizes_{};
  mutable Mutex mutex_;
  std::string unusable_ GUARDED_BY(mutex_); // why nothing can be linked, in a child
  std::array<std::unique_ptr<FreeList>, kSegments> free_ GUARDED_BY(mutex_);
  std::array<size_t, kSegments> paged_ GUARDED_BY(mutex_){}; // how far each segment's pages were asked for
  size_t used_ GUARDED_BY(mutex_) = 0, allocations_ GUARDED_BY(mutex_) = 0;
};

} // namespace ligature
