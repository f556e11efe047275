// SPDX-License-Identifier: MIT
// The head of a function, written last, when it is known what the body needs: the stack check, which is
// also the safepoint (docs/decisions/0003), and which of the function's calls to itself LLVM may turn into a
// loop.
#pragma once

#include "jl/emit/context.h"

namespace jl::emit {

/// Adds the stack check if the function calls or has a large frame, and removes what marked the place.
void finish_function(Emitter &e);

} // namespace jl::emit
