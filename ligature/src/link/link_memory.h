// SPDX-License-Identifier: MIT
//
// JITLink's view of memory/: a graph's segments become pieces of the slabs. Content is written through the
// writable view, so finalising changes no protection and waits for nobody.
#pragma once

#include "memory/allocation.h"

#include <llvm/ExecutionEngine/JITLink/JITLinkMemoryManager.h>

#include <vector>

namespace ligature {

class LinkMemory : public llvm::jitlink::JITLinkMemoryManager {
public:
  explicit LinkMemory(Slabs &slabs) : slabs_(slabs) {}

  using JITLinkMemoryManager::allocate;
  using JITLinkMemoryManager::deallocate;
  void allocate(const llvm::jitlink::JITLinkDylib *, llvm::jitlink::LinkGraph &graph,
                OnAllocatedFunction on_allocated) override;
  void deallocate(std::vector<FinalizedAlloc> allocations, OnDeallocatedFunction on_deallocated) override;

  /// Takes over what JITLink calls a finalised allocation.
  static Allocation take(FinalizedAlloc finalised);

private:
  class InFlight;
  Slabs &slabs_;
};

} // namespace ligature
