// SPDX-License-Identifier: MIT
// Counting what inference did.
//
// The counters are shown by `lig --stats` through the engine (infer.h has the struct); tests use them to see
// that work was not done twice.
#pragma once

namespace jl::inference {

/// One more frame (generic or variant) was solved and optimised.
void count_inferred();

} // namespace jl::inference
