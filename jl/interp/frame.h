// SPDX-License-Identifier: MIT
// One activation of the interpreter: where its variables and statement values are.
//
// Slots and values lie in one array on the C stack (the collector scans stacks). A null slot is a variable
// that has no value yet. The value of an Enter statement is the depth of the exception stack at that
// point, kept as a number in the pointer.
#pragma once

#include "jl/lower/lowered.h"
#include "jl/runtime/task.h"

namespace jl {

struct Frame {
  Task *task;
  MethodInstance *instance;
  const CodeInfo *code;
  Value **slots;
  Value **values;    // one for each statement
  Value **arguments; // room for the longest call; in use by one call at a time
  InterpreterFrame record;
  uint32_t pc = 0;
  Value *result = nullptr;
};

/// The current value of an operand. Throws UndefVarError for what has none.
Value *evaluate(Frame &frame, Operand operand);
/// Runs one statement that is no jump, and gives its value.
Value *execute(Frame &frame, const Stmt &statement);

} // namespace jl
