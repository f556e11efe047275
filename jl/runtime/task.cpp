// SPDX-License-Identifier: MIT
#include "jl/runtime/task.h"

#include <cstddef>

#include "jl/runtime/foreign_thread.h"
#include "jl/runtime/gc.h"
#include "jl/runtime/signals.h"
#include "jl/runtime/task_switch.h"
#include "jl/runtime/throw.h"
#include "jl/runtime/types.h"
#include "jl/runtime/values.h"

namespace jl {

// What jl/emit reads and writes by offset.
static_assert(offsetof(Task, stack_limit) == 0);
static_assert(offsetof(Task, free_list) == 8);
static_assert(offsetof(Task, world) == 136);
static_assert(offsetof(Task, handlers) == 144);

namespace {
thread_local Task *running_task = nullptr;
}

Task *current_task() {
  return running_task;
}

extern "C" __attribute__((visibility("default"))) Task *jl_current_task() {
  Task *task = running_task;
  return task ? task : adopt_thread();
}

void set_current_task(Task *task) {
  running_task = task;
}

/// The tag may be set later: the first task is there before its type.
static Task *alloc_task() {
  void **block = static_cast<void **>(gc_alloc_task_block(sizeof(void *) + sizeof(Task)));
  block[0] = types::Task_;
  return new (block + 1) Task();
}

void set_stack(Task *task, void *stack_base, size_t stack_size) {
  task->stack_base = stack_base;
  task->stack_size = stack_size;
  task->true_stack_limit = static_cast<char *>(stack_base) - stack_size + kStackReserve;
  task->stack_limit = task->true_stack_limit;
}

void clear_fields(Task *task) {
  task->code = task->result = task->storage = task->next = task->logstate = nothing_value();
}

Task *new_task(void *stack_base, size_t stack_size) {
  Task *task = alloc_task();
  set_stack(task, stack_base, stack_size);
  task->is_sticky = true;
  if (types::Nothing) // not while the runtime starts
    clear_fields(task);
  return task;
}

Task *new_task(Task *creator, Value *code) {
  Task *task = alloc_task();
  task->world = creator->world;
  clear_fields(task);
  task->code = code;
  task->logstate = creator->logstate;
  task->is_sticky = true;
  task->thread_id = -1;
  return task;
}

} // namespace jl

using namespace jl;

/// Called at function entry when the stack pointer is below Task::stack_limit: near the end, or to be
/// interrupted.
extern "C" __attribute__((visibility("default"))) void jl_stack_check(Task *task) {
  task->stack_limit = task->true_stack_limit;
  if (task->interrupt_pending.exchange(false))
    throw_interrupt();
  if (__builtin_frame_address(0) < task->true_stack_limit)
    throw_stack_overflow();
}
