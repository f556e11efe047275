// SPDX-License-Identifier: MIT
// The interpreter of lowered IR.
//
// Runs top-level code, everything under --compile=min, and functions on their first calls. It is also the
// oracle for compiled code: both must give the same results on every program. Calls go through dispatch
// (method.h), so an interpreted function calls compiled ones and the other way round.
#pragma once

#include "jl/lower/lowered.h"
#include "jl/runtime/task.h"

namespace jl {

/// Runs the body of `instance` (its method's source, or its thunk).
Value *interpret(Task *task, MethodInstance *instance, Value *f, Value **args, uint32_t n);
/// Runs one definition (Op::Define) with evaluated operands: shared with jl_define for compiled code.
Value *run_definition(Task *task, const Definition &definition, Value **operands, uint32_t n);

} // namespace jl
