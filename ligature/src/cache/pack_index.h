// SPDX-License-Identifier: MIT
//
// The pack's index: where each entry lies. A hint and nothing more: the entry says itself whose it is, so a
// slot that is wrong leads to a miss. There is no header that could be damaged; the file's size says how many
// buckets there are, each slot has its own checksum, and one that does not match is empty.
//
// index: a power of two of buckets of 16 slots of 32 bytes, little-endian; a place's bucket is its tag's low
// bits. Slot: u64 tag (XXH3 of the place) | u32 segment | u32 position / 16 | u32 length of the entry, header
// and value |
//       u32 cost, microseconds | u32 used, minutes since 1970 | u32 XXH3 of the 28 bytes before, its low half
#pragma once

#include "cache/file_handle.h"

#include <array>
#include <functional>
#include <optional>
#include <vector>

namespace ligature::cache {

constexpr size_t kSlotsInBucket = 16;
constexpr uint64_t kEntryAlignment = 16;
constexpr uint32_t kLanes = 8; ///< of segments: a segment's is its number modulo this

struct Slot {
  uint64_t tag = 0;
  uint32_t segment = 0, position = 0, length = 0, cost_us = 0, used = 0, check = 0;

  uint64_t offset() const { return uint64_t(position) * kEntryAlignment; }
  bool is_valid() const;
  void seal();
};
static_assert(sizeof(Slot) == 32);

using Bucket = std::array<Slot, kSlotsInBucket>;

class Index {
public:
  /// Nothing when it is not there; `broken` when it is, but cannot be one.
  static std::optional<Index> open(const File &folder, int flags, bool &broken);
  /// Puts an empty one, or one with these buckets, in the place of what is there. Nothing, with errno, on
  /// failure.
  static std::optional<Index> create(const File &folder, std::span<const Bucket> buckets);

  uint64_t buckets() const { return buckets_; }
  uint64_t bytes() const { return buckets_ * sizeof(Bucket); }
  uint64_t bucket_of(uint64_t tag) const { return tag & (buckets_ - 1); }
  bool is_gone() const { return file_.is_gone(); }
  /// False when it cannot be read: the file is shorter than it was.
  bool read(uint64_t bucket, Bucket &out) const;
  /// The same for those from `first` on.
  bool read_some(uint64_t first, std::span<Bucket> out) const;
  bool write(uint64_t bucket, size_t slot, const Slot &value) const;
  /// False when `slot`, which was read here, was changed since, or all of it was replaced: what it names may
  /// be gone.
  bool still_has(const Slot &slot) const;
  /// For those who still have it open: from now on every read fails.
  void retire() const;
  /// Each valid slot. `visit` may write that very slot.
  void for_each(const std::function<void(uint64_t bucket, size_t slot, const Slot &)> &visit) const;

private:
  Index(File file, uint64_t buckets) : file_(std::move(file)), buckets_(buckets) {}
  File file_;
  uint64_t buckets_;
};

/// Which slot of `bucket` has `tag`; kSlotsInBucket when none has.
size_t find_slot(const Bucket &bucket, uint64_t tag);

} // namespace ligature::cache
