// SPDX-License-Identifier: MIT
// Top-level code that is compiled, run once and forgotten.
//
// Nobody calls a thunk again, and it may never return. So its code leaves all tables before it is called; the
// memory goes back when it has returned, or when nothing can reach it any more: a task that was left
// suspended in it, a backtrace that names it.
#pragma once

#include "jl/engine/engine.h"
#include "jl/runtime/task.h"

namespace jl {

/// Compiles and runs the inferred `code` of a thunk. Interprets it where it cannot be compiled.
Value *run_once(Task *task, MethodInstance *thunk, CodeInstance *code);

/// The session forgets `code`, which the program made, when nothing can reach it any more; its machine code
/// goes back.
void forget_when_unreachable(CodeInstance *code);
/// Gives back what became unreachable up to now.
void drop_unreachable();

} // namespace jl
