// SPDX-License-Identifier: MIT
// Counting what inference did.
#pragma once

namespace jl::inference {

/// One more frame (generic or variant) was solved and optimised.
void count_inferred();

} // namespace jl::inference
