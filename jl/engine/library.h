// SPDX-License-Identifier: MIT
// Loading Base: as the build has stored it in the executable, or from its text.
#pragma once

#include "jl/runtime/task.h"

namespace jl {

/// Defines all that Base is. Throws what its code throws.
void load_library(Task *task);

} // namespace jl
