// SPDX-License-Identifier: MIT
// How names and the values that may be type parameters read in printed types.
//
// types_show.cpp prints the types around them. Text that becomes part of a unit must not depend on what
// happens to be defined: that is said where it does.
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
/// A type as `show` prints it: like type_to_string, but by an alias that the user's module has for it.
/// Depends on what is defined at the moment, so never for names in units.
std::string type_as_shown(Value *t, Module *from = nullptr);

} // namespace jl
