// SPDX-License-Identifier: MIT
// Throwing, catching, and what an error looks like to the user.
//
// A throw jumps to the task's newest Handler, as longjmp does. The backtrace is taken where the throw
// happens: native frames by frame pointers, interpreter frames from Task::interpreter_frame, merged by
// address.
#pragma once

#include <string>

#include "jl/runtime/gc.h"
#include "jl/runtime/task.h"

namespace jl {

[[noreturn]] void throw_value(Task *task, Value *exception);
/// ErrorException(message). A throw runs no destructors: a text made for it is given away, and freed before
/// the jump.
[[noreturn]] void throw_error(Task *task, std::string_view message);
[[noreturn]] void throw_error(Task *task, std::string &&message);
[[noreturn]] void throw_error(Task *task, const char *message);
/// ArgumentError(message), in the same ways.
[[noreturn]] void throw_argument_error(Task *task, std::string_view message);
[[noreturn]] void throw_argument_error(Task *task, std::string &&message);
[[noreturn]] void throw_argument_error(Task *task, const char *message);
[[noreturn]] void throw_type_error(Task *task, std::string_view function, Value *expected, Value *got);
[[noreturn]] void throw_bounds_error(Task *task, Value *collection, Value *index);
[[noreturn]] void throw_undef_var(Task *task, Symbol name,
                                  Value *scope); // scope: Module, :local, :static_parameter or null
[[noreturn]] void throw_undef_ref(Task *task);
[[noreturn]] void throw_field_error(Task *task, DataType *type, Symbol field);
[[noreturn]] void throw_method_error(Task *task, Value *f, Value **args, uint32_t n, uint64_t world);
[[noreturn]] void throw_divide_error(Task *task);
[[noreturn]] void throw_inexact(Task *task, Symbol function, Value *type, Value *value);
[[noreturn]] void rethrow_current(Task *task);
/// Throws `exception` in place of the newest one, with that one's backtrace (LoadError around its cause).
[[noreturn]] void rethrow_as(Task *task, Value *exception);

/// if (TRY_ENTER(task, h)) { ...; handler_leave(task, h); } else { caught: current_exception(task) ...;
/// pop_exception }
#define TRY_ENTER(task, handler) (::jl::jl_handler_enter(task, &(handler)) == 0)
/// Makes `handler` the task's newest. Returns 0, and once more, not 0, when something was thrown to it. Code
/// that was entered between must not have returned.
extern "C" __attribute__((returns_twice)) int jl_handler_enter(Task *task, Handler *handler);
inline void handler_leave(Task *task, Handler *handler) {
  task->handlers = handler->previous;
}
/// Comes back from the jl_handler_enter that filled `handler`; only for what throws.
extern "C" [[noreturn]] void jl_handler_resume(Handler *handler);
Value *current_exception(Task *task);
/// The backtrace of current_exception; `nothing` when nothing is being handled.
Value *current_backtrace(Task *task);
/// Makes what `from` handles the newest that `to`, which does not run, has thrown.
void copy_newest_exception(const Task *from, Task *to);
/// Drops exceptions pushed since `handler` was entered.
void pop_exception(Task *task, uint32_t depth);

/// One line of a backtrace.
struct StackFrame {
  std::string function; // as Julia shows it: `foo(x::Int64)`'s name and types
  std::string file;
  int line;
  bool inlined;
  Module *module;
};
/// "ERROR: LoadError: ..." with message and stacktrace, as Julia prints an uncaught error. Uses Base's
/// showerror when there is one.
void print_uncaught(Task *task, Value *exception, Value *backtrace, int fd);

} // namespace jl
