// SPDX-License-Identifier: MIT
// Tasks without the language: their code are native functions.
#include <gtest/gtest.h>

#include <gc/gc.h>

#include "jl/runtime/lock.h"
#include "jl/runtime/scheduler.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/task_stack.h"
#include "jl/runtime/test_support.h"

namespace jl {

namespace {

/// A task that calls `body(argument)` when it runs.
template <Value *(*Body)(Task *)> Task *task_of(Task *creator, Value *argument = nullptr) {
  static Value *function = new_builtin_function(
      modules::Core, Symbol::intern("test"), [](Task *task, Value *, Value **, uint32_t) { return Body(task); });
  Task *task = new_task(creator, function);
  task->storage = argument ? argument : nothing_value();
  return task;
}

Value *park_for_ever(Task *task) { return park(task); }

Value *hold_text_and_park(Task *task) {
  String *text = new_string(task, std::string(1000, 'x'));
  park(task);
  return box_int64(task, int64_t(text->view().find_first_not_of('x') == std::string_view::npos));
}

Value *throw_text(Task *task) { throw_error(task, "thrown inside"); }

/// Recurses until the stack check throws; the limit of depth and the volatile are there for the compiler only.
int64_t recurse(Task *task, int64_t depth) {
  if (__builtin_frame_address(0) < task->stack_limit)
    jl_stack_check(task);
  volatile int64_t below = depth == INT64_MAX ? 0 : recurse(task, depth + 1);
  return below + 1;
}
Value *overflow(Task *task) { return box_int64(task, recurse(task, 0)); }

/// Starts `count` tasks and lets each run until it parks.
__attribute__((noinline)) void start_and_forget(Task *task, int count) {
  for (int i = 0; i < count; i++)
    schedule_task(task_of<park_for_ever>(task), nothing_value(), Wake::WithValue);
  yield(task);
}

} // namespace

RUNTIME_TEST(Scheduler, ATaskRunsWhenItsCreatorWaits) {
  Task *other = task_of<hold_text_and_park>(task);
  schedule_task(other, nothing_value(), Wake::WithValue);
  EXPECT_EQ(other->stack_base, nullptr);
  yield(task);
  EXPECT_NE(other->context, nullptr);
  GC_gcollect();
  schedule_task(other, nothing_value(), Wake::WithValue);
  wait_for_end(task, other);
  EXPECT_EQ(other->state.load(), TaskState::Done);
  EXPECT_EQ(unbox_int64(other->result), 1);
}

RUNTIME_TEST(Scheduler, WhatATaskThrowsStaysInIt) {
  Task *failing = task_of<throw_text>(task), *deep = task_of<overflow>(task);
  for (Task *other : {failing, deep}) {
    schedule_task(other, nothing_value(), Wake::WithValue);
    wait_for_end(task, other);
    EXPECT_EQ(other->state.load(), TaskState::Failed);
  }
  EXPECT_EQ(error_text(failing->result), "thrown inside");
  EXPECT_EQ(deep->result, types::StackOverflowError->instance);
  EXPECT_FALSE(try_schedule(failing, nothing_value(), Wake::WithValue));
}

RUNTIME_TEST(Scheduler, ParkedTasksThatNobodyReachesAreCollected) {
  size_t before = task_stacks_in_use();
  start_and_forget(task, 300);
  EXPECT_GE(task_stacks_in_use(), before + 300);
  for (int i = 0; i < 4; i++) {
    start_and_forget(task, 1); // other words where the last ones' pointers were
    GC_gcollect();
    GC_invoke_finalizers();
  }
  EXPECT_LT(task_stacks_in_use(), before + 20); // conservative: a few may be taken for reachable
}

RUNTIME_TEST(Scheduler, AlarmsRingInOrderAndGiveWayToWakes) {
  int64_t start = monotonic_nanoseconds();
  EXPECT_FALSE(park_until(task, start + 2000000));
  EXPECT_GE(monotonic_nanoseconds(), start + 2000000);
  Task *sleeper = task_of<[](Task *self) -> Value * {
    return bool_value(park_until(self, monotonic_nanoseconds() + 1000000000000));
  }>(task);
  schedule_task(sleeper, nothing_value(), Wake::WithValue);
  yield(task);
  schedule_task(sleeper, nothing_value(), Wake::WithValue);
  wait_for_end(task, sleeper);
  EXPECT_EQ(sleeper->result, true_value());
}

RUNTIME_TEST(Scheduler, ALockGoesFromOneToTheNext) {
  auto *lock = new (gc_alloc_scanned(sizeof(ReentrantLock))) ReentrantLock();
  take_lock(task, lock);
  take_lock(task, lock);
  Task *other = task_of<[](Task *self) -> Value * {
    auto *lock = reinterpret_cast<ReentrantLock *>(self->storage);
    take_lock(self, lock);
    leave_lock(self, lock);
    return nothing_value();
  }>(task, lock);
  schedule_task(other, nothing_value(), Wake::WithValue);
  yield(task);
  leave_lock(task, lock);
  yield(task);
  EXPECT_EQ(other->state.load(), TaskState::Runnable);
  leave_lock(task, lock);
  wait_for_end(task, other);
  EXPECT_EQ(lock->owner.load(), nullptr);
  EXPECT_EQ(test::thrown(task, [&] { leave_lock(task, lock); }), "unlock count must match lock count");
}

} // namespace jl
