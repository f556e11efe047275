// SPDX-License-Identifier: MIT
#include "cache/file_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>

namespace ligature::cache {

namespace {

constexpr unsigned kParts = 256;
constexpr time_t kForgottenSeconds = 3600;

struct Name {
  char part[3], file[31];
};

Name name_of(const Place &place) {
  PlaceHash hash = hash_of(place);
  char digits[33];
  std::snprintf(digits, sizeof digits, "%016llx%016llx", static_cast<unsigned long long>(hash.high),
                static_cast<unsigned long long>(hash.low));
  Name name{};
  std::memcpy(name.part, digits, 2);
  std::memcpy(name.file, digits + 2, 30);
  return name;
}

File open_folder_at(const File &folder, const char *name, IfMissing if_missing) {
  int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW;
  File opened(openat(folder.fd(), name, flags));
  if (!opened && if_missing == IfMissing::Create && errno == ENOENT) {
    mkdirat(folder.fd(), name, 0700);
    opened = File(openat(folder.fd(), name, flags));
  }
  return opened;
}

uint32_t used_minutes(const File &file) {
  struct stat status;
  return fstat(file.fd(), &status) == 0 ? saturated(uint64_t(std::max<time_t>(0, status.st_mtime / 60))) : 0;
}

/// Reads a whole file if it can be an entry.
std::optional<Buffer> read_all(const File &file) {
  uint64_t size = file.size();
  if (size < kHeaderBytes || size > kHeaderBytes + uint64_t{kMostValueBytes})
    return std::nullopt;
  Buffer buffer = make_buffer(size);
  return file.read(buffer.bytes, 0) ? std::optional(std::move(buffer)) : std::nullopt;
}

} // namespace

File FileStore::open_part(unsigned part) const {
  char name[3];
  std::snprintf(name, sizeof name, "%02x", part % kParts);
  return open_folder_at(folder_, name, IfMissing::Fail);
}

ReadResult FileStore::read(const Place &place) {
  Name name = name_of(place);
  File file = open_file(folder_, (std::string(name.part) + "/" + name.file).c_str(), O_RDONLY);
  if (!file)
    return {std::nullopt, errno == ENOENT ? Trouble::None : Trouble::Damaged};
  Found found;
  std::optional<Buffer> buffer = read_all(file);
  std::optional<std::span<const std::byte>> value;
  if (buffer)
    value = checked_value(buffer->bytes, found.header);
  if (!value || found.header.place != place)
    return {std::nullopt, Trouble::Damaged};
  found.value = CacheValue(*value, std::move(buffer->holder));
  found.stale_use = is_stale(used_minutes(file), now_minutes());
  return {std::move(found), Trouble::None};
}

bool FileStore::write_one(const NewEntry &entry) {
  Name name = name_of(entry.place);
  File part = open_folder_at(folder_, name.part, IfMissing::Create);
  if (!part)
    return false;
  char fresh[64];
  std::snprintf(fresh, sizeof fresh, ".new-%ld-%lx-%u", long(getpid()), long(std::time(nullptr)), serial_++);
  File file = open_file(part, fresh, O_WRONLY | O_CREAT | O_EXCL);
  if (!file)
    return false;
  if (file.write(entry.bytes, 0) && renameat(part.fd(), fresh, part.fd(), name.file) == 0)
    return true;
  int reason = errno;
  unlinkat(part.fd(), fresh, 0);
  errno = reason;
  return false;
}

WriteResult FileStore::write(std::span<const NewEntry> entries, Deadline) {
  WriteResult result;
  uint64_t bytes = 0;
  for (const NewEntry &entry : entries) {
    if (entry.bytes.size() > limit_ / kParts) {
      ++result.dropped;
    } else if (write_one(entry)) {
      ++result.written;
      bytes += entry.bytes.size();
    } else {
      ++result.dropped;
      ++result.errors;
      result.problem = std::string("writing failed: ") + std::strerror(errno);
    }
  }
  // All parts have been looked at by the time that a quarter of the bound was written.
  uint64_t parts = std::min<uint64_t>(1 + 4 * bytes / (limit_ / kParts + 1), kParts);
  for (uint64_t i = 0; i < parts; ++i)
    result.evictions += shrink_parts(next_part_++, 1, limit_ / kParts);
  return result;
}

void FileStore::touch(std::span<const Place> places, Deadline) {
  for (const Place &place : places) {
    Name name = name_of(place);
    utimensat(folder_.fd(), (std::string(name.part) + "/" + name.file).c_str(), nullptr, AT_SYMLINK_NOFOLLOW);
  }
}

void FileStore::remove(std::span<const Place> places, Deadline) {
  for (const Place &place : places) {
    Name name = name_of(place);
    if (read(place).trouble == Trouble::Damaged) // somebody may have put it right
      unlinkat(folder_.fd(), (std::string(name.part) + "/" + name.file).c_str(), 0);
  }
}

std::vector<FileStore::Known> FileStore::list_part(const File &part, Check check) const {
  std::vector<Known> known;
  list_folder(part, [&](const char *name) {
    File file = open_file(part, name, O_RDONLY);
    if (!file && errno == ENOENT) // others removed it just now
      return;
    if (name[0] == '.') {
      if (file && std::time(nullptr) - time_t(used_minutes(file)) * 60 > kForgottenSeconds)
        unlinkat(part.fd(), name, 0);
      return;
    }
    Known one{name, file ? file.size() : 0, {}, 0};
    one.info.used = file ? used_minutes(file) : 0;
    one.info.damaged = true;
    std::vector<std::byte> bytes(
        std::min<uint64_t>(one.bytes, check == Check::Value ? kMostValueBytes : kHeaderBytes));
    std::optional<Header> header;
    if (file && file.read(bytes, 0) && (header = decode_header(bytes))) {
      Header whole;
      one.info.place = header->place;
      one.info.length = header->length;
      one.info.cost_us = header->cost_us;
      one.info.damaged = name_of(header->place).file != std::string_view(name) ||
                         one.bytes != kHeaderBytes + uint64_t{header->length} ||
                         (check == Check::Value && !checked_value(bytes, whole));
    }
    known.push_back(std::move(one));
  });
  return known;
}

/// Of what lies in some of the parts, removes the least worth until no more than `bytes` are left.
uint64_t FileStore::shrink_parts(unsigned first, unsigned count, uint64_t bytes) {
  std::vector<Known> known;
  for (unsigned number = first; number < first + count; ++number)
    if (File part = open_part(number))
      for (Known &one : list_part(part, Check::Header)) {
        one.part = number;
        known.push_back(std::move(one));
      }
  uint32_t now = now_minutes();
  auto value = [now](const Known &one) {
    return one.info.damaged ? -1 : worth(saturated(one.bytes), one.info.cost_us, one.info.used, now);
  };
  std::ranges::sort(known, {}, value);
  uint64_t sum = 0, evictions = 0;
  for (const Known &one : known)
    sum += one.bytes;
  for (const Known &one : known) {
    if (sum <= bytes)
      break;
    File part = open_part(one.part);
    if (part && unlinkat(part.fd(), one.name.c_str(), 0) == 0) {
      sum -= one.bytes;
      ++evictions;
    }
  }
  return evictions;
}

void FileStore::visit(Check check, const std::function<void(const EntryInfo &)> &visit) {
  for (unsigned number = 0; number < kParts; ++number)
    if (File part = open_part(number))
      for (const Known &one : list_part(part, check))
        visit(one.info);
}

Usage FileStore::usage() {
  Usage usage;
  for (unsigned number = 0; number < kParts; ++number)
    if (File part = open_part(number))
      for (const Known &one : list_part(part, Check::Header)) {
        ++usage.entries;
        usage.disk_bytes += one.bytes;
      }
  return usage;
}

bool FileStore::remove_if(Check check, const std::function<bool(const EntryInfo &)> &which, Deadline,
                          uint64_t &removed) {
  removed = 0;
  for (unsigned number = 0; number < kParts; ++number)
    if (File part = open_part(number))
      for (const Known &one : list_part(part, check))
        removed += which(one.info) && unlinkat(part.fd(), one.name.c_str(), 0) == 0;
  return true;
}

WriteResult FileStore::shrink(uint64_t bytes, Deadline) {
  WriteResult result;
  result.evictions = shrink_parts(0, kParts, bytes);
  return result;
}

bool FileStore::clear(Deadline deadline) {
  uint64_t removed = 0;
  return remove_if(Check::Header, [](const EntryInfo &) { return true; }, deadline, removed);
}

} // namespace ligature::cache
