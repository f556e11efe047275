// SPDX-License-Identifier: MIT
//
// Pointer-sized cells within reach of the code: for slots, so that code loads a value straight from its cell
// instead of loading the cell's address first. Handed out from chunks that the client's collector hears of: with
// the pool's lock held, so it must not ask for cells then.
#pragma once

#include "base/mutex.h"
#include "memory/slabs.h"

#include <algorithm>
#include <functional>
#include <vector>

namespace ligature {

class CellPool {
public:
  using Mapped = std::function<void(void *begin, void *end)>;
  CellPool(Slabs &slabs, Mapped mapped) : slabs_(slabs), mapped_(std::move(mapped)) {}

  /// Null if there is no memory.
  void *allocate(const void *value) {
    Guard lock(mutex_);
    if (free_.empty() && !grow_locked())
      return nullptr;
    const void **cell = free_.back();
    free_.pop_back();
    *cell = value;
    return cell;
  }

  void release(void *cell) {
    auto *typed = static_cast<const void **>(cell);
    Guard lock(mutex_);
    *typed = nullptr; // keeps nothing alive
    free_.push_back(typed);
  }

private:
  static constexpr size_t kChunkCells = 2048;

  bool grow_locked() REQUIRES(mutex_) {
    auto piece = slabs_.allocate(Segment::Data, kChunkCells * sizeof(void *));
    if (!piece)
      return false;
    auto *cells = reinterpret_cast<const void **>(piece->address);
    std::fill_n(cells, kChunkCells, nullptr);
    mapped_(cells, cells + kChunkCells);
    for (size_t i = kChunkCells; i-- > 0;)
      free_.push_back(cells + i);
    return true;
  }

  Slabs &slabs_;
  Mapped mapped_;
  Mutex mutex_;
  std::vector<const void **> free_ GUARDED_BY(mutex_);
};

} // namespace ligature
