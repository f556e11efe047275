// SPDX-License-Identifier: MIT
//
// Functions that LLVM's code generator calls on its own account: memory, floating point, wide integers.
// No unit asks for them by name, so no link info lists them.
#pragma once

#include <string_view>

namespace ligature {

/// Null if `name` is none of them.
void *find_libcall(std::string_view name);

} // namespace ligature
