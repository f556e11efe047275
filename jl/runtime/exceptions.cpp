// SPDX-License-Identifier: MIT
#include "jl/runtime/exceptions.h"

#include <cstdlib>
#include <initializer_list>
#include <utility>

#if __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
#endif

#include "jl/runtime/backtrace.h"
#include "jl/runtime/exception_stack.h"
#include "jl/runtime/io.h"
#include "jl/runtime/method.h"
#include "jl/runtime/module.h"
#include "jl/runtime/runtime_lock.h"
#include "jl/runtime/signals.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/subtype.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/threads.h"
#include "jl/runtime/throw.h"
#include "jl/runtime/values.h"

namespace jl {

// --- The stack of exceptions being handled ---

std::span<const CaughtException> exception_stack(const Task *task) {
  auto *stack = reinterpret_cast<const ExceptionStack *>(task->exceptions);
  return stack ? std::span(stack->items, stack->count) : std::span<const CaughtException>();
}

static ExceptionStack *grown(const ExceptionStack *old) {
  uint32_t room = old ? old->room * 2 : 4;
  auto *stack = static_cast<ExceptionStack *>(
      gc_alloc_scanned(sizeof(ExceptionStack) + room * sizeof(CaughtException)));
  stack->room = room;
  for (uint32_t i = 0; old && i < old->count; i++)
    stack->items[stack->count++] = old->items[i];
  return stack;
}

static ExceptionStack *stack_of(Task *task) {
  return reinterpret_cast<ExceptionStack *>(task->exceptions);
}

/// One place stays free, for the exception that says that there is no memory for more places.
static void push_exception(Task *task, Value *exception, Backtrace *backtrace) {
  ExceptionStack *stack = stack_of(task);
  if (!stack || stack->count + 1 >= stack->room)
    task->exceptions = reinterpret_cast<Value *>(stack = grown(stack));
  stack->items[stack->count++] = {exception, backtrace};
}

Value *current_exception(Task *task) {
  auto stack = exception_stack(task);
  return stack.empty() ? nothing_value() : stack.back().exception;
}

Value *current_backtrace(Task *task) {
  auto stack = exception_stack(task);
  return stack.empty() ? nothing_value() : stack.back().backtrace;
}

void copy_newest_exception(const Task *from, Task *to) {
  const CaughtException &newest = exception_stack(from).back();
  push_exception(to, newest.exception, newest.backtrace);
}

void pop_exception(Task *task, uint32_t depth) {
  auto *stack = reinterpret_cast<ExceptionStack *>(task->exceptions);
  while (stack && stack->count > depth)
    stack->items[--stack->count] = {};
}

// --- Handlers ---

[[noreturn]] static void die_of_uncaught(Task *task) {
  CaughtException last = exception_stack(task).back();
  print_uncaught(task, last.exception, last.backtrace, 2);
  end_process(1);
}

/// For AddressSanitizer the frames that are left, from this one up to the handler's, would stay poisoned.
static void forget_frames_below([[maybe_unused]] const Handler *handler) {
#if __has_feature(address_sanitizer)
  auto *here = static_cast<char *>(__builtin_frame_address(0));
  auto *landing = reinterpret_cast<const char *>(handler);
  if (here < landing)
    __asan_unpoison_memory_region(here, size_t(landing - here));
#endif
}

/// Goes to the newest handler, which finds the exception on the stack.
[[noreturn]] static void jump_to_handler(Task *task) {
  Handler *handler = task->handlers;
  if (!handler)
    die_of_uncaught(task);
  task->handlers = handler->previous;
  task->interpreter_frame = handler->interpreter_frame;
  task->world = handler->world;
  subtype_budget().nesting = 0; // a question that ran out of memory half-way is over
  forget_frames_below(handler);
  jl_handler_resume(handler);
}

void throw_value(Task *task, Value *exception) {
  if (!task)
    task = current_task();
  push_exception(task, exception, capture_backtrace(task, __builtin_frame_address(0)));
  jump_to_handler(task);
}

void rethrow_current(Task *task) {
  if (exception_stack(task).empty())
    throw_error(task, "rethrow() not allowed outside a catch block");
  jump_to_handler(task);
}

void rethrow_as(Task *task, Value *exception) {
  auto *stack = reinterpret_cast<ExceptionStack *>(task->exceptions);
  if (!stack || stack->count == 0)
    throw_error(task, "rethrow(exc) not allowed outside a catch block");
  stack->items[stack->count - 1].exception = exception;
  jump_to_handler(task);
}

// --- Core's exceptions ---

using NamedField = std::pair<std::string_view, Value *>;

/// An exception object with those of `fields` that its type has and that are given.
static Value *new_exception(Task *task, DataType *type, std::initializer_list<NamedField> fields) {
  if (type->instance)
    return type->instance;
  Value *exception = alloc_object(task, type);
  for (auto [name, value] : fields)
    if (int64_t i = field_index(type, Symbol::intern(name)); value && i >= 0)
      put_field(exception, size_t(i), value);
  return exception;
}

/// The text where the collector finds it; `text` itself is left without memory.
static std::string_view in_collected_memory(Task *task, std::string &text) {
  String *kept = new_string(task, text);
  std::string().swap(text);
  return kept->view();
}

[[noreturn]] static void throw_message(Task *task, DataType *type, std::string_view message) {
  throw_value(task, new_exception(task, type, {{"msg", new_string(task, message)}}));
}

void throw_error(Task *task, std::string_view message) {
  throw_message(task, types::ErrorException, message);
}
void throw_error(Task *task, std::string &&message) {
  throw_message(task, types::ErrorException, in_collected_memory(task, message));
}
void throw_error(Task *task, const char *message) {
  throw_message(task, types::ErrorException, message);
}

void throw_argument_error(Task *task, std::string_view message) {
  throw_message(task, types::ArgumentError, message);
}
void throw_argument_error(Task *task, std::string &&message) {
  throw_message(task, types::ArgumentError, in_collected_memory(task, message));
}
void throw_argument_error(Task *task, const char *message) {
  throw_message(task, types::ArgumentError, message);
}

void throw_type_error(Task *task, std::string_view function, Value *expected, Value *got) {
  throw_value(task, new_exception(task, types::TypeError,
                                  {{"func", symbol_value(function)},
                                   {"context", new_string(task, "")},
                                   {"expected", expected},
                                   {"got", got}}));
}

void throw_bounds_error(Task *task, Value *collection, Value *index) {
  throw_value(task, new_exception(task, types::BoundsError, {{"a", collection}, {"i", index}}));
}

void throw_undef_var(Task *task, Symbol name, Value *scope) {
  throw_value(task,
              new_exception(
                  task, types::UndefVarError,
                  {{"var", symbol_value(name)}, {"world", box_uint64(task, task->world)}, {"scope", scope}}));
}

void throw_field_error(Task *task, DataType *type, Symbol field) {
  throw_value(task, new_exception(task, types::FieldError, {{"type", type}, {"field", symbol_value(field)}}));
}

void throw_method_error(Task *task, Value *f, Value **args, uint32_t n, uint64_t world) {
  throw_value(task, new_exception(
                        task, types::MethodError,
                        {{"f", f}, {"args", make_tuple(task, args, n)}, {"world", box_uint64(task, world)}}));
}

void throw_inexact(Task *task, Symbol function, Value *type, Value *value) {
  throw_value(task, new_exception(task, types::InexactError,
                                  {{"func", symbol_value(function)},
                                   {"T", type},
                                   {"val", value},
                                   {"args", make_tuple(task, {type, value})}}));
}

void throw_undef_ref(Task *task) {
  throw_value(task, types::UndefRefError->instance);
}
void throw_divide_error(Task *task) {
  throw_value(task, types::DivideError->instance);
}

// What throwing OutOfMemoryError needs is made before memory is short.
static Backtrace *no_backtrace = nullptr;

void prepare_for_out_of_memory(Task *task) {
  no_backtrace = static_cast<Backtrace *>(alloc_scanned_object(task, backtrace_type, sizeof(Backtrace)));
  gc_keep(no_backtrace);
  if (!task->exceptions)
    task->exceptions = reinterpret_cast<Value *>(grown(nullptr));
}

void throw_out_of_memory(size_t bytes) {
  constexpr size_t kLarge = size_t(1) << 20;
  if (runtime_lock_is_held())
    fatal_error("out of memory while the tables of types, methods or names were being changed");
  Task *task = current_task();
  if (!task || !no_backtrace)
    fatal_error("out of memory");
  if (bytes >= kLarge)
    throw_value(task, types::OutOfMemoryError->instance);
  ExceptionStack *stack = stack_of(task);
  if (!stack || stack->count == stack->room)
    fatal_error("out of memory while an OutOfMemoryError was being handled");
  stack->items[stack->count++] = {types::OutOfMemoryError->instance, no_backtrace};
  jump_to_handler(task);
}

void throw_stack_overflow() {
  throw_value(current_task(), types::StackOverflowError->instance);
}
void throw_interrupt() {
  throw_value(current_task(), types::InterruptException->instance);
}

} // namespace jl
