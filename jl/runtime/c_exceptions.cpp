// SPDX-License-Identifier: MIT
#include "jl/runtime/arrays.h"
#include "jl/runtime/c_function.h"
#include "jl/runtime/error_text.h"
#include "jl/runtime/exception_stack.h"
#include "jl/runtime/module.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"

using namespace jl;

C_EXPORT void jl_rethrow() {
  rethrow_current(current_task());
}
C_EXPORT void jl_rethrow_other(Value *exception) {
  rethrow_as(current_task(), exception);
}
C_EXPORT Value *jl_catch_backtrace() {
  return current_backtrace(current_task());
}
C_EXPORT Value *jl_backtrace() {
  return capture_backtrace(current_task(), __builtin_frame_address(0));
}

C_EXPORT Value *jl_exception_stack(Value *of) {
  Task *task = current_task();
  Array *out = new_vector_any(task);
  for (const CaughtException &caught : exception_stack(static_cast<Task *>(of))) {
    push(task, out, caught.exception);
    push(task, out, caught.backtrace);
  }
  return out;
}

static const Backtrace *backtrace_argument(Value *v) {
  if (type_of(v) != backtrace_type)
    throw_type_error(current_task(), "backtrace", backtrace_type, v);
  return static_cast<Backtrace *>(v);
}

C_EXPORT Value *jl_backtrace_frames(Value *backtrace) {
  Task *task = current_task();
  Array *out = new_vector_any(task);
  for (const StackFrame &frame : backtrace_frames(backtrace_argument(backtrace)))
    push(task, out,
         new_svec(task, {new_string(task, frame.function), new_string(task, frame.file),
                         box_int64(task, frame.line), bool_value(frame.inlined),
                         frame.module ? frame.module : nothing_value()}));
  return out;
}

C_EXPORT Value *jl_backtrace_text(Value *backtrace) {
  return new_string(current_task(), stacktrace_text(backtrace_frames(backtrace_argument(backtrace))));
}

C_EXPORT Value *jl_error_message(Value *exception) {
  return new_string(current_task(), error_text(exception));
}
