// SPDX-License-Identifier: MIT
// How names and the values that may be type parameters read in printed types.
#pragma once

#include <string>
#include <string_view>

#include "jl/runtime/value.h"

namespace jl {

/// The name, or var"..." when it is no identifier.
std::string identifier(std::string_view name);
/// The same, but operators stay as they are.
std::string operator_or_identifier(std::string_view name);
/// `1`, `:a`, `true`, `0x01`, `(:a, 2)`, `Foo(1, 2)`.
std::string parameter_to_string(Value *v, Module *from);

} // namespace jl
