// SPDX-License-Identifier: MIT
// What an exception says, without Base: for errors while Base loads, and when its own showerror fails.
#pragma once

#include <string>

#include "jl/runtime/value.h"

namespace jl {

/// As Julia's showerror prints it, for Core's exceptions; value_text for others.
std::string error_text(Value *exception);
/// Numbers, strings, symbols, characters, types and nothing as `repr` gives them; other objects as
/// `Type(field, field)`, three levels deep.
std::string value_text(Value *v);

} // namespace jl
