// SPDX-License-Identifier: MIT
#include "cache/bundle.h"

#include "cache/file_handle.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace ligature::cache {

namespace {

constexpr char kBegin[9] = "LIGBNDL1", kEnd[9] = "LIGBEND1";
constexpr const char *kPurpose = "ligature cache: bundle";
constexpr size_t kBeginBytes = 16, kEndBytes = 16, kBatchBytes = 4 << 20;
constexpr uint64_t kMostBundleBytes = uint64_t{16} << 30;

std::span<const std::byte> bytes_of(const void *data, size_t size) {
  return {static_cast<const std::byte *>(data), size};
}

std::unexpected<std::string> failed(const std::string &path, const char *what) {
  return std::unexpected((path.empty() ? "''" : path) + " cannot be " + what + ": " + std::strerror(errno));
}

/// The plain file that `path` leads to, or the place for one that is not there yet. What is something else, a
/// device or a pipe, is not put away for a file.
std::expected<std::string, std::string> place_for_file(const std::string &path) {
  struct stat status;
  bool is_link = lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode);
  if (stat(path.c_str(), &status) != 0)
    return errno == ENOENT && !is_link && !path.empty() ? std::expected<std::string, std::string>(path)
                                                        : failed(path, "written");
  if (S_ISDIR(status.st_mode))
    return errno = EISDIR, failed(path, "written");
  if (!S_ISREG(status.st_mode))
    return std::unexpected(path + " cannot be written: it is no plain file");
  if (!is_link)
    return path;
  std::unique_ptr<char, decltype(&std::free)> real(realpath(path.c_str(), nullptr), &std::free);
  return real ? std::expected<std::string, std::string>(real.get()) : failed(path, "written");
}

/// A new file beside `place`, which nobody has prepared for us: in a folder for all, somebody else could
/// have.
File create_beside(const std::string &place, std::string &fresh) {
  static std::atomic<unsigned> number{0};
  fresh = place + ".new-" + std::to_string(getpid()) + "-" + std::to_string(number++);
  unlink(fresh.c_str()); // of a process of this number that was killed
  return File(open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666));
}

/// Writes and seals what it writes.
class SealedFile {
public:
  SealedFile(File file, const SealKey &key) : file_(std::move(file)), sealer_(key, kPurpose) {}
  bool add(std::span<const std::byte> bytes) {
    sealer_.add(bytes);
    return write(bytes);
  }
  bool finish() {
    Seal seal = sealer_.finish();
    return write(std::as_bytes(std::span(seal))) && fsync(file_.fd()) == 0;
  }

private:
  bool write(std::span<const std::byte> bytes) {
    bool written = file_.write(bytes, position_);
    position_ += bytes.size();
    return written;
  }
  File file_;
  Sealer sealer_;
  uint64_t position_ = 0;
};

std::vector<Place> places_in(Store &store) {
  std::vector<Place> places;
  store.visit(Store::Check::Header, [&](const EntryInfo &info) {
    if (!info.damaged)
      places.push_back(info.place);
  });
  // Sorted: two caches with the same entries give the same file.
  std::ranges::sort(places, {}, [](const Place &place) { return std::tuple(place.space, place.key); });
  return places;
}

bool write_all(Store &store, SealedFile &out, bool keyed, uint64_t &count) {
  uint32_t head[2] = {keyed, 0};
  if (!out.add(bytes_of(kBegin, 8)) || !out.add(bytes_of(head, sizeof head)))
    return false;
  for (const Place &place : places_in(store)) {
    ReadResult result = store.read(place);
    if (!result.found)
      continue; // evicted meanwhile, or damaged
    const Header &header = result.found->header;
    std::vector<std::byte> entry =
        encode_entry(place, result.found->value.bytes(), header.cost_us, header.written);
    if (!out.add(entry))
      return false;
    ++count;
  }
  return out.add(bytes_of(kEnd, 8)) && out.add(bytes_of(&count, sizeof count)) && out.finish();
}

std::expected<std::vector<std::byte>, std::string> read_whole(const std::string &path) {
  File file(
      open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)); // of a pipe, nobody may ever open the other end
  struct stat status;
  if (!file || fstat(file.fd(), &status) != 0)
    return failed(path, "read");
  if (!S_ISREG(status.st_mode) || uint64_t(status.st_size) > kMostBundleBytes)
    return std::unexpected(path + " is not a bundle of cache entries");
  char begin[8]; // before there is memory for as much as somebody may have given us
  if (!file.read(std::as_writable_bytes(std::span(begin)), 0) || std::memcmp(begin, kBegin, 8) != 0)
    return std::unexpected(path + " is not a bundle of cache entries");
  std::vector<std::byte> bytes(size_t(status.st_size));
  if (!file.read(bytes, 0))
    return std::unexpected(path + " cannot be read to its end");
  return bytes;
}

/// The entries' bytes, once the seal was found to hold; `count` of them.
std::expected<std::span<const std::byte>, std::string>
open_bundle(std::span<const std::byte> all, const SealKey &key, const std::string &path, uint64_t &count) {
  uint32_t head[2];
  if (all.size() < kBeginBytes + kEndBytes + sizeof(Seal))
    return std::unexpected(path + " is damaged: it was cut off");
  std::memcpy(head, all.data() + 8, sizeof head);
  if (head[0] == 1 && !key.is_keyed())
    return std::unexpected(path + " was sealed with a secret; give it in LIGATURE_CACHE_SECRET_FILE");
  if (head[0] == 0 && key.is_keyed())
    return std::unexpected(path + " was not sealed with a secret, but this cache has one "
                                  "(LIGATURE_CACHE_SECRET_FILE, LIGATURE_CACHE_SECRET)");
  Seal seal;
  std::span<const std::byte> sealed = all.first(all.size() - sizeof seal);
  std::memcpy(seal.data(), sealed.data() + sealed.size(), sizeof seal);
  Sealer sealer(key, kPurpose);
  sealer.add(sealed);
  if (head[0] > 1 || !same_seal(seal, sealer.finish()))
    return std::unexpected(path + " is damaged" +
                           (key.is_keyed() ? ", or was sealed with another secret" : "") +
                           ": its seal does not match what is in it");
  std::span<const std::byte> end = sealed.last(kEndBytes);
  if (std::memcmp(end.data(), kEnd, 8) != 0)
    return std::unexpected(path + " is of another version");
  std::memcpy(&count, end.data() + 8, sizeof count);
  return sealed.subspan(kBeginBytes, sealed.size() - kBeginBytes - kEndBytes);
}

/// All of a bundle's entries; nothing when one of them is not one of this version.
std::optional<std::vector<NewEntry>> split(std::span<const std::byte> bytes) {
  std::vector<NewEntry> entries;
  while (!bytes.empty()) {
    std::optional<Header> header = decode_header(bytes);
    Header whole;
    if (!header || header->length > bytes.size() - kHeaderBytes)
      return std::nullopt;
    std::span<const std::byte> entry = bytes.first(kHeaderBytes + header->length);
    if (!checked_value(entry, whole))
      return std::nullopt;
    entries.push_back({header->place, {entry.begin(), entry.end()}});
    bytes = bytes.subspan(entry.size());
  }
  return entries;
}

} // namespace

Count export_bundle(Store &store, const SealKey &key, const std::string &path) {
  auto place = place_for_file(path);
  if (!place)
    return std::unexpected(place.error());
  std::string fresh;
  File file = create_beside(*place, fresh);
  if (!file)
    return failed(path, "written");
  SealedFile out(std::move(file), key);
  uint64_t count = 0;
  if (write_all(store, out, key.is_keyed(), count) && rename(fresh.c_str(), place->c_str()) == 0)
    return count;
  auto problem = failed(path, "written");
  unlink(fresh.c_str());
  return problem;
}

Count import_bundle(Store &store, const SealKey &key, const std::string &path, Deadline deadline) {
  auto all = read_whole(path);
  if (!all)
    return std::unexpected(all.error());
  uint64_t count = 0;
  auto bytes = open_bundle(*all, key, path, count);
  if (!bytes)
    return std::unexpected(bytes.error());
  std::optional<std::vector<NewEntry>> entries = split(*bytes);
  if (!entries || entries->size() != count)
    return std::unexpected(path + " is of another version");
  uint64_t taken = 0;
  for (size_t begin = 0, end = 0; begin < entries->size(); begin = end) {
    for (size_t sum = 0; end < entries->size() && sum < kBatchBytes; ++end)
      sum += (*entries)[end].bytes.size();
    WriteResult result = store.write(std::span(*entries).subspan(begin, end - begin), deadline);
    if (result.busy)
      return std::unexpected("another process is writing to the cache all the time");
    if (result.errors)
      return std::unexpected("the cache could not take everything: " + result.problem);
    taken += result.written;
  }
  return taken;
}

} // namespace ligature::cache
