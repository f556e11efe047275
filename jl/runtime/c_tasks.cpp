// SPDX-License-Identifier: MIT
// What Base's tasks, locks and timers are made of.
#include "jl/runtime/c_function.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/lock.h"
#include "jl/runtime/scheduler.h"
#include "jl/runtime/types.h"
#include "jl/runtime/values.h"

using namespace jl;

static Task *task_argument(Value *v) {
  if (type_of(v) != types::Task_)
    throw_type_error(current_task(), "schedule", types::Task_, v);
  return static_cast<Task *>(v);
}

static Wake wake_of(uint8_t is_error) {
  return is_error ? Wake::WithError : Wake::WithValue;
}

C_EXPORT Value *jl_task_new(Value *f) {
  return new_task(current_task(), f);
}

C_EXPORT void jl_task_schedule(Value *task, Value *value, uint8_t is_error) {
  schedule_task(task_argument(task), value, wake_of(is_error));
}
C_EXPORT uint8_t jl_task_try_schedule(Value *task, Value *value, uint8_t is_error) {
  return try_schedule(task_argument(task), value, wake_of(is_error));
}

C_EXPORT Value *jl_task_park() {
  return park(current_task());
}
C_EXPORT uint8_t jl_task_sleep(uint64_t deadline) {
  return park_until(current_task(), int64_t(deadline));
}
C_EXPORT void jl_task_yield() {
  yield(current_task());
}

C_EXPORT Value *jl_task_yield_to(Value *task, Value *value, uint8_t is_error, uint8_t stay_ready) {
  Ready ready = stay_ready ? Ready::Stay : Ready::No;
  return yield_to(current_task(), task_argument(task), value, wake_of(is_error), ready);
}

C_EXPORT void jl_task_wait(Value *task) {
  wait_for_end(current_task(), task_argument(task));
}
C_EXPORT void jl_task_after(Value *task, Value *then) {
  schedule_after(task_argument(task), task_argument(then));
}
C_EXPORT uint8_t jl_task_is_started(Value *task) {
  return task_argument(task)->stack_base != nullptr;
}
C_EXPORT int64_t jl_task_thread(Value *task) {
  return task_argument(task)->thread_id + 1;
}
C_EXPORT void jl_task_pin(Value *task, int64_t thread) {
  pin_task(task_argument(task), int32_t(thread - 1));
}
C_EXPORT int64_t jl_thread_count() {
  return worker_count();
}

C_EXPORT void jl_lock(Value *lock) {
  take_lock(current_task(), static_cast<ReentrantLock *>(lock));
}
C_EXPORT uint8_t jl_try_lock(Value *lock) {
  return try_lock(current_task(), static_cast<ReentrantLock *>(lock));
}
C_EXPORT void jl_unlock(Value *lock) {
  leave_lock(current_task(), static_cast<ReentrantLock *>(lock));
}
C_EXPORT uint8_t jl_is_locked(Value *lock, Value *by) {
  Task *owner = static_cast<ReentrantLock *>(lock)->owner.load();
  return by == nothing_value() ? owner != nullptr : owner == by;
}
