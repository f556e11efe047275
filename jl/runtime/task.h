// SPDX-License-Identifier: MIT
// The running task: what compiled code reaches through its hidden parameter.
//
// The task pointer is passed in the swiftself register (r13 on x86-64), never read from thread-local
// storage by compiled code. The head of the struct is ABI: jl/emit reads and writes these fields at
// the offsets below. C++ code that has no task at hand calls current_task().
#pragma once

#include <atomic>
#include <cstdint>

#include "jl/runtime/task_list.h"
#include "jl/runtime/task_stack.h"
#include "jl/runtime/value.h"

namespace jl {

/// Sizes 16, 32, ... 256 bytes (tag included) have a free list in the task.
inline constexpr unsigned kSizeClasses = 16;

/// Workers have ids below this; threads that C started, from here on.
inline constexpr int32_t kFirstForeignThread = 1024;

/// An active `try`. Lives in the frame that entered it; a throw jumps to the newest one.
struct Handler {
  void *context[8]; // the registers that a callee keeps, the stack pointer, where to go on: see handlers.cpp
  Handler *previous;
  struct InterpreterFrame *interpreter_frame;
  uint64_t world;           // the task's world age at that point, put back by a throw
  uint32_t exception_depth; // length of the exception stack when the try was entered
};

enum class TaskState : uint8_t { Runnable, Done, Failed };

struct Task : Value {
  // --- read and written by generated code (offsets checked in task.cpp) ---
  void *stack_limit; // 0: a function entered with rsp below this calls jl_stack_check; raised to ~0 to
                     // interrupt
  void
      *free_list[kSizeClasses]; // 8: objects of 16*(i+1) bytes, linked through their first word; null = empty
  uint64_t world;               // 136: world age in which the task runs
  Handler *handlers;            // 144: newest active try, or null

  // --- not for generated code; handlers.cpp reads some by offset ---
  void *stack_base;
  size_t stack_size;
  void *true_stack_limit;                     // what stack_limit is when nothing is pending
  std::atomic<bool> interrupt_pending;        // set by SIGINT
  struct InterpreterFrame *interpreter_frame; // newest, for backtraces
  Value *exceptions;                          // stack of {exception, backtrace} pairs, see exceptions.h
  /// Of the worker (scheduler.h) that runs it, from 0; -1: none has begun it. From kFirstForeignThread on: a
  /// thread that C started.
  std::atomic<int32_t> thread_id;

  // --- what Base's `Task` shows (boot_native.cpp) ---
  std::atomic<TaskState> state;
  bool is_sticky;  // runs on the thread of whoever schedules it
  Value *code;     // what it calls
  Value *result;   // what that returned or threw
  Value *storage;  // task_local_storage()
  Value *next;     // in a wait queue of Base's
  Value *logstate; // the logger that with_logger gave it or its creator; nothing: the global one

  // --- scheduler (scheduler.cpp) ---
  std::atomic<bool> is_queued; // it is in a run queue, or between queue and running
  bool wakes_with_error;
  Value *wake_value; // what its wait gives or throws
  Task *next_ready;  // in a run queue
  Task *next_waiter; // among those that wait for another task's end, or for a lock
  TaskList waiters;  // who waits for this one's end; guarded by `waiters_lock`
  std::atomic<int64_t> waiters_lock;
  uint32_t sleep_number; // tells an alarm that this task no longer waits for

  // --- switching (task_switch.cpp) ---
  void *context;        // its registers while it does not run; null: it runs, has not begun, or has ended
  void (*body)(Task *); // where a task that was prepared begins
  void *scan_from;      // while it does not run: the collector scans from here to stack_base; else null
  TaskStack stack;      // empty for the task that a thread began with
  void *fiber;          // as what ThreadSanitizer knows the stack; else null

  // --- engine ---
  String *source_file;   // being evaluated, or null
  uint32_t nested_texts; // evaluated one inside the other
};

/// One activation of the interpreter, so that backtraces can name it. Newest first, from
/// Task::interpreter_frame. Or one of a compiled thunk, with null for `code`: backtraces then hold what its
/// code depends on.
struct InterpreterFrame {
  InterpreterFrame *previous;
  void *frame_address; // orders it among native frames
  MethodInstance *instance;
  const CodeInfo *code;
  uint32_t statement;        // being executed
  bool in_backtrace = false; // some backtrace has it
};

/// Called by code that finds its stack pointer below Task::stack_limit: throws StackOverflowError or
/// InterruptException, or returns.
extern "C" void jl_stack_check(Task *task);

/// The task running on this thread. Not for generated code.
Task *current_task();
/// Makes `task` the one that this thread runs.
void set_current_task(Task *task);
/// A task for a thread's own stack, which ends (grows down from) `stack_base`. Whoever makes it keeps it
/// alive.
Task *new_task(void *stack_base, size_t stack_size);
/// A task without a stack that will call `code`. Collected when nobody can reach it, even half-way through.
Task *new_task(Task *creator, Value *code);
/// Sets what Base's `Task` shows to `nothing`. `new_task` does, once there is a `nothing`.
void clear_fields(Task *task);
/// Tells where a task's stack lies, and where it has to be checked.
void set_stack(Task *task, void *stack_base, size_t stack_size);

} // namespace jl
