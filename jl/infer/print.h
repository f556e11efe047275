// SPDX-License-Identifier: MIT
// Listings of typed code: `--dump=typed`, code_typed and @code_warntype.
//
// print_typed itself is declared with the data it prints, in typed.h; here is what print.cpp,
// print_unoptimized.cpp and their callers share.
#pragma once

#include <string>

#include "jl/infer/frame.h"

namespace jl::inference {

/// A constant as listings show it: `1`, `:sym`, `"text"`, `Base.foo`, `Int64`.
std::string print_constant(Value *v);
/// The source's statements with the types inference found: slots, no inlining.
std::string print_unoptimized(const Frame &frame);

} // namespace jl::inference
