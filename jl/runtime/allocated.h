// SPDX-License-Identifier: MIT
// Counting allocations exactly: @allocated, @allocations, @time.
//
// Compiled code takes small objects from its task's free lists without telling anybody, so what the collector
// gave out is counted, and what is left in the lists is taken off.
#pragma once

#include "jl/runtime/task.h"

namespace jl {

struct Allocated {
  int64_t blocks, bytes;
};

/// What has been allocated since the start, seen from `task`: other tasks' free lists count as used up.
Allocated allocated(const Task *task);

} // namespace jl
