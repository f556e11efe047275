// SPDX-License-Identifier: MIT
#include "cache/pack_index.h"

#include "cache/entry.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <bit>

namespace ligature::cache {

namespace {
constexpr uint64_t kMostIndexBytes = uint64_t{1} << 36;
constexpr uint64_t kBucketsAtOnce = 256;
constexpr int kMostAttempts = 8;

uint32_t check_of(const Slot &slot) {
  return uint32_t(hash_bytes(std::as_bytes(std::span(&slot, 1)).first(offsetof(Slot, check))));
}

std::span<std::byte> bytes_of(std::span<Bucket> buckets) {
  return std::as_writable_bytes(buckets);
}
} // namespace

bool Slot::is_valid() const {
  return length >= kHeaderBytes && check == check_of(*this);
}
void Slot::seal() {
  check = check_of(*this);
}

std::optional<Index> Index::open(const File &folder, int flags, bool &broken) {
  broken = false;
  for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
    File file = open_file(folder, "index", flags);
    if (!file) {
      broken = errno != ENOENT;
      return std::nullopt;
    }
    uint64_t size = file.size();
    if (size >= sizeof(Bucket) && size <= kMostIndexBytes && std::has_single_bit(size))
      return Index(std::move(file), size / sizeof(Bucket));
    broken = !file.is_gone(); // else it was retired when we had just opened it
    if (broken)
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<Index> Index::create(const File &folder, std::span<const Bucket> buckets) {
  unlinkat(folder.fd(), "index.new", 0);
  File file = open_file(folder, "index.new", O_RDWR | O_CREAT | O_EXCL);
  if (!file || !file.write(std::as_bytes(buckets), 0) ||
      renameat(folder.fd(), "index.new", folder.fd(), "index") != 0) {
    int reason = errno;
    unlinkat(folder.fd(), "index.new", 0);
    errno = reason;
    return std::nullopt;
  }
  return Index(std::move(file), buckets.size());
}

bool Index::read(uint64_t bucket, Bucket &out) const {
  return read_some(bucket, std::span(&out, 1));
}

bool Index::read_some(uint64_t first, std::span<Bucket> out) const {
  return file_.read(bytes_of(out), first * sizeof(Bucket));
}

bool Index::still_has(const Slot &slot) const {
  Bucket bucket;
  if (is_gone() || !read(bucket_of(slot.tag), bucket))
    return false;
  size_t found = find_slot(bucket, slot.tag);
  return found < kSlotsInBucket && bucket[found].check == slot.check;
}

void Index::retire() const {
  (void)!ftruncate(file_.fd(), 0);
}

bool Index::write(uint64_t bucket, size_t slot, const Slot &value) const {
  return file_.write(std::as_bytes(std::span(&value, 1)), bucket * sizeof(Bucket) + slot * sizeof(Slot));
}

void Index::for_each(const std::function<void(uint64_t, size_t, const Slot &)> &visit) const {
  std::vector<Bucket> chunk(std::min(buckets_, kBucketsAtOnce));
  for (uint64_t first = 0; first < buckets_; first += chunk.size()) {
    if (!file_.read(bytes_of(chunk), first * sizeof(Bucket)))
      return;
    for (size_t bucket = 0; bucket < chunk.size(); ++bucket)
      for (size_t slot = 0; slot < kSlotsInBucket; ++slot)
        if (chunk[bucket][slot].is_valid())
          visit(first + bucket, slot, chunk[bucket][slot]);
  }
}

size_t find_slot(const Bucket &bucket, uint64_t tag) {
  for (size_t slot = 0; slot < kSlotsInBucket; ++slot)
    if (bucket[slot].tag == tag && bucket[slot].is_valid())
      return slot;
  return kSlotsInBucket;
}

} // namespace ligature::cache
