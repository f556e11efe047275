// SPDX-License-Identifier: MIT
//
// The code of a unit that was linked in another process already: it is bound, and nothing else.
#pragma once

#include "base/mutex.h"
#include "flat/place_flat.h"
#include "ligature/linker.h"

#include <memory>
#include <span>
#include <vector>

namespace ligature {

/// What binding one unit fills, kept for the next: otherwise it would allocate memory a dozen times for each.
struct FlatBuffers {
  FlatUnit unit;
  std::vector<const void *> pointers;
  std::vector<FlatTarget> targets; ///< of the unit's externals
};

class FlatBufferPool {
public:
  std::unique_ptr<FlatBuffers> take() {
    Guard lock(mutex_);
    if (free_.empty())
      return std::make_unique<FlatBuffers>();
    std::unique_ptr<FlatBuffers> taken = std::move(free_.back());
    free_.pop_back();
    return taken;
  }
  void give(std::unique_ptr<FlatBuffers> buffers) {
    Guard lock(mutex_);
    if (free_.size() < kMost && buffers->unit.edges.capacity() <= kMostEdges)
      free_.push_back(std::move(buffers));
  }

private:
  static constexpr size_t kMost = 8, kMostEdges = 4096;
  Mutex mutex_;
  std::vector<std::unique_ptr<FlatBuffers>> free_ GUARDED_BY(mutex_);
};

/// A unit that is not known to anybody yet. Fails if the bytes are no flat unit with those pointers.
std::expected<UnitHandle, std::string> flat_unit(Linker::Impl &linker, std::span<const void *const> pointers,
                                                 std::span<const std::byte> bytes,
                                                 std::shared_ptr<const void> holder);

} // namespace ligature
