// SPDX-License-Identifier: MIT
// The head of a function, written last, when it is known what the body needs.
#pragma once

#include "jl/emit/context.h"

namespace jl::emit {

/// Adds the stack check if the function calls or has a large frame, and removes what marked the place.
void finish_function(Emitter &e);

} // namespace jl::emit
