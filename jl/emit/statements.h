// SPDX-License-Identifier: MIT
// One statement of typed IR after the other: the body of a function.
//
// Dispatches on the operation; the work is done by control.h, exceptions.h, builtins.h, intrinsics.h,
// globals.h and the rest of the folder. What a statement gives is kept in Emitter::body for those that use
// it.
#pragma once

#include "jl/emit/context.h"
#include "jl/emit/signature.h"

namespace jl::emit {

/// What an operand stands for. Globals and memory slots are read here.
Val operand_value(Emitter &e, Operand operand);
/// Writes the body: from the arguments in e.body->arguments to its returns. `signature` is null for the Args
/// ABI.
void emit_body(Emitter &e, const Signature *signature);

} // namespace jl::emit
