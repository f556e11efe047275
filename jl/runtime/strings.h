// SPDX-License-Identifier: MIT
// Core.String objects for C++ code.
//
// A String is immutable: a length, then UTF-8 that may be broken, then a NUL that does not count. What Base
// calls on strings is in c_functions.def.
#pragma once

#include <string>
#include <string_view>

#include "jl/runtime/value.h"

namespace jl {

/// A String of `length` bytes whose content is not set yet (the closing NUL is). Throws OutOfMemoryError.
String *alloc_string(Task *task, size_t length);
String *new_string(Task *task, std::string_view text);
bool is_string(const Value *v);
inline std::string_view string_view_of(const Value *v) {
  return static_cast<const String *>(v)->view();
}

} // namespace jl
