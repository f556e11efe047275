// SPDX-License-Identifier: MIT
#include "memory/slabs.h"

#include <algorithm>

namespace ligature {
namespace {
size_t align_up(size_t value, size_t alignment) {
  return (value + alignment - 1) & ~(alignment - 1);
}
} // namespace

size_t FreeList::take(size_t size, size_t alignment, bool &reused) {
  reused = false;
  if (size > size_ || alignment > size_)
    return kNone;
  size = align_up(std::max(size, size_t{1}), kGranule);
  alignment = std::max(alignment, kGranule);
  // Best fit: the smallest extent that holds the piece where its alignment puts it. Alignment above the
  // granule is rare, so nearly always the first candidate fits.
  for (auto it = by_size_.lower_bound({size, 0}); it != by_size_.end(); ++it) {
    auto [extent_size, extent] = *it;
    size_t at = align_up(extent, alignment);
    if (at + size > extent + extent_size)
      continue;
    erase(by_offset_.find(extent));
    insert(extent, at - extent);
    insert(at + size, extent + extent_size - at - size);
    reused = true;
    return at;
  }
  return take_new(size, alignment);
}

size_t FreeList::take_new(size_t size, size_t alignment) {
  size_t at = align_up(high_water_, alignment);
  if (at > size_ || size > size_ - at)
    return kNone;
  size_t gap = high_water_;
  high_water_ = at + size;
  insert(gap, at - gap);
  return at;
}

std::pair<size_t, size_t> FreeList::give(size_t offset, size_t size) {
  size = align_up(std::max(size, size_t{1}), kGranule);
  auto next = by_offset_.lower_bound(offset);
  if (next != by_offset_.end() && next->first == offset + size) {
    size += next->second;
    erase(next);
  }
  auto previous = by_offset_.lower_bound(offset);
  if (previous != by_offset_.begin() && (--previous)->first + previous->second == offset) {
    offset = previous->first;
    size += previous->second;
    erase(previous);
  }
  insert(offset, size);
  return {offset, size};
}

void FreeList::insert(size_t offset, size_t size) {
  if (size == 0)
    return;
  by_offset_.emplace(offset, size);
  by_size_.emplace(size, offset);
}

void FreeList::erase(std::map<size_t, size_t>::iterator extent) {
  by_size_.erase({extent->second, extent->first});
  by_offset_.erase(extent);
}

} // namespace ligature
