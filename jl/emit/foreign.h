// SPDX-License-Identifier: MIT
// ccall: C functions by name (bound when the unit is linked) or by pointer, with System V types.
//
// Arguments have been converted by the program (cconvert, unsafe_convert). Types that have no place in registers
// here, structs by value first of all, go through the runtime's jl/runtime/foreign_call.h instead.
#pragma once

#include "jl/emit/context.h"

namespace jl::emit {

Val emit_foreign_call(Emitter &e, const TypedStmt &statement);

} // namespace jl::emit
