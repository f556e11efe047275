// SPDX-License-Identifier: MIT
// The steps of boot_types() that fill other files.
//
// boot_types.cpp makes the types themselves in an order in which each finds what it needs; these come after
// it, in the order in which they stand here.
#pragma once

#include "jl/runtime/types_internal.h"

namespace jl {

/// Layouts of the types whose objects C++ code reads through the structs of value.h.
void boot_native_structs();
/// Their fields as programs see them; needs every type to be there.
void boot_reflected_fields();
void boot_exceptions();

} // namespace jl
