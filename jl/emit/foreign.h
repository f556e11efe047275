// SPDX-License-Identifier: MIT
// ccall: C functions by name (bound when the unit is linked) or by pointer, with System V types.
#pragma once

#include "jl/emit/context.h"

namespace jl::emit {

Val emit_foreign_call(Emitter &e, const TypedStmt &statement);

} // namespace jl::emit
