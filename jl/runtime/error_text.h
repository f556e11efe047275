// SPDX-License-Identifier: MIT
// What an exception says, without Base: for errors while Base loads, and when its own showerror fails.
//
// Nothing here runs code of the language, so it works in whatever state the program is. How types read is in
// show_value.h; wordings of method errors, which both ways share, in method_errors.cpp.
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
