// SPDX-License-Identifier: MIT
// ccall: C functions by name (bound when the unit is linked) or by pointer, with System V types.
//
// Arguments have been converted by the program (cconvert, unsafe_convert); c_values.h passes them, structs by
// value included. A call whose types or function name are known only when it is made goes through the
// runtime's jl/runtime/foreign_call.h instead.
#pragma once

#include "jl/emit/context.h"

namespace jl::emit {

Val emit_foreign_call(Emitter &e, const TypedStmt &statement);

} // namespace jl::emit
