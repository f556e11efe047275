// SPDX-License-Identifier: MIT
//
// Pointer-sized cells within reach of the code: for slots, so that code loads a value straight from its cell
// instead of loading the cell's address first. Handed out from chunks that the client's collector hears of:
// with the pool's lock held, so it must not ask for cells then.
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
    const void **cell = take_locked();
    if (cell)
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

  const void **take_locked() REQUIRES(mutex_) {
    if (!free_.empty()) {
      const void **cell = free_.back();
      free_.pop_back();
      return cell;
    }
    return next_ != end_ || grow_locked() ? next_++ : nullptr;
  }

  /// Cells are taken one after the other: a small program touches a page of them, not the chunk.
  bool grow_locked() REQUIRES(mutex_) {
    auto piece = slabs_.allocate(Segment::Data, kChunkCells * sizeof(void *));
    if (!piece)
      return false;
    next_ = reinterpret_cast<const void **>(piece->address);
    end_ = next_ + kChunkCells;
    if (piece->reused)
      std::fill(next_, end_, nullptr);
    mapped_(next_, end_);
    return true;
  }

  Slabs &slabs_;
  Mapped mapped_;
  Mutex mutex_;
  std::vector<const void **> free_ GUARDED_BY(mutex_);                                  // given back
  const void **next_ GUARDED_BY(mutex_) = nullptr, **end_ GUARDED_BY(mutex_) = nullptr; // never used
};

} // namespace ligature
