// SPDX-License-Identifier: MIT
// Listings of typed code.
#pragma once

#include <string>

#include "jl/infer/frame.h"

namespace jl::inference {

/// A constant as listings show it: `1`, `:sym`, `"text"`, `Base.foo`, `Int64`.
std::string print_constant(Value *v);
/// The source's statements with the types inference found: slots, no inlining.
std::string print_unoptimized(const Frame &frame);

} // namespace jl::inference
