// SPDX-License-Identifier: MIT
// @simd loops: floating-point reductions in them may be reassociated.
//
// Runs over a finished body, since only then are the loop's blocks known; all other loops keep the order of
// operations that the source gives.
#pragma once

#include "jl/emit/context.h"

namespace jl::emit {

/// For each LoopInfo: marks the additions and multiplications that feed the phis of the innermost loop around
/// it. Call when all blocks are complete.
void mark_simd_loops(Emitter &e);

} // namespace jl::emit
