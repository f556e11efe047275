// SPDX-License-Identifier: MIT
// Tasks without the language: their code are native functions.
#include <gtest/gtest.h>

#include <gc/gc.h>
#include <sys/resource.h>

#include <fstream>
#include <thread>

#include "jl/runtime/finalizers.h"
#include "jl/runtime/foreign_thread.h"
#include "jl/runtime/lock.h"
#include "jl/runtime/ready_queue.h"
#include "jl/runtime/scheduler.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/task_stack.h"
#include "jl/runtime/test_support.h"

namespace jl {

namespace {

/// A task that calls `body(argument)` when it runs.
template <Value *(*Body)(Task *)> Task *task_of(Task *creator, Value *argument = nullptr) {
  static Value *function =
      new_builtin_function(modules::Core, Symbol::intern("test"),
                           [](Task *task, Value *, Value **, uint32_t) { return Body(task); });
  Task *task = new_task(creator, function);
  task->storage = argument ? argument : nothing_value();
  return task;
}

Value *park_for_ever(Task *task) {
  return park(task);
}

Value *hold_text_and_park(Task *task) {
  String *text = new_string(task, std::string(1000, 'x'));
  park(task);
  return box_int64(task, int64_t(text->view().find_first_not_of('x') == std::string_view::npos));
}

Value *throw_text(Task *task) {
  throw_error(task, "thrown inside");
}

/// Recurses until the stack check throws; the limit of depth and the volatile are there for the compiler
/// only.
int64_t recurse(Task *task, int64_t depth) {
  if (__builtin_frame_address(0) < task->stack_limit)
    jl_stack_check(task);
  volatile int64_t below = depth == INT64_MAX ? 0 : recurse(task, depth + 1);
  return below + 1;
}
Value *overflow(Task *task) {
  return box_int64(task, recurse(task, 0));
}

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

// --- What is scheduled at odd times ---

RUNTIME_TEST(Scheduler, WhatIsScheduledWhileItRunsIsNotRunAgainAfterItsEnd) {
  static int runs = 0;
  Task *once = task_of<[](Task *self) -> Value * {
    runs++;
    EXPECT_TRUE(try_schedule(self, nothing_value(), Wake::WithValue));
    EXPECT_FALSE(try_schedule(self, nothing_value(), Wake::WithValue));
    return nothing_value();
  }>(task);
  schedule_task(once, nothing_value(), Wake::WithValue);
  wait_for_end(task, once);
  for (int i = 0; i < 3; i++)
    yield(task);
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(once->state.load(), TaskState::Done);
  EXPECT_EQ(once->context, nullptr);
  EXPECT_FALSE(try_schedule(once, nothing_value(), Wake::WithValue));
  EXPECT_EQ(test::thrown(task, [&] { yield_to(task, once, nothing_value(), Wake::WithValue, Ready::Stay); }),
            "attempt to switch to exited task");
}

RUNTIME_TEST(Scheduler, ARunningTaskFindsItsWakeAtItsNextWait) {
  schedule_task(task, box_int64(task, 7), Wake::WithValue);
  EXPECT_EQ(unbox_int64(park(task)), 7);
  schedule_task(task, types::DivideError->instance, Wake::WithError);
  EXPECT_NE(test::thrown(task, [&] { yield(task); }), "");
  EXPECT_NE(
      test::thrown(task,
                   [&] { yield_to(task, task, types::DivideError->instance, Wake::WithError, Ready::No); }),
      "");
}

RUNTIME_TEST(Scheduler, YieldToTakesTheTaskOutOfItsQueue) {
  Task *waiting = task_of<[](Task *self) -> Value * { return park(self); }>(task);
  schedule_task(waiting, nothing_value(), Wake::WithValue);
  yield(task);
  schedule_task(waiting, box_int64(task, 1), Wake::WithValue);
  yield_to(task, waiting, box_int64(task, 2), Wake::WithValue, Ready::Stay);
  EXPECT_EQ(unbox_int64(waiting->result), 2);
  Task *fresh = task_of<[](Task *) -> Value * { return nothing_value(); }>(task);
  fresh->is_sticky = false;
  schedule_task(fresh, nothing_value(), Wake::WithValue);
  yield_to(task, fresh, nothing_value(), Wake::WithValue, Ready::Stay);
  EXPECT_EQ(fresh->state.load(), TaskState::Done);
}

// --- Threads that C started ---

/// Looks at the task of a thread that C started, while it lives. `ends` counts those that were collected.
static __attribute__((noinline)) void run_a_foreign_thread(Task *task, std::atomic<int> *ends) {
  std::atomic<Task *> running = nullptr;
  std::atomic<bool> seen = false;
  std::thread thread([&] {
    Task *self = jl_current_task();
    EXPECT_EQ(jl_current_task(), self);
    EXPECT_FALSE(can_park());
    EXPECT_GE(self->thread_id, kFirstForeignThread);
    on_block_unreachable(
        reinterpret_cast<void **>(self) - 1, [](void *ends) { ++*static_cast<std::atomic<int> *>(ends); },
        ends);
    GC_gcollect();
    running = self;
    while (!seen)
      std::this_thread::yield();
  });
  while (!running)
    std::this_thread::yield();
  EXPECT_FALSE(try_schedule(running, nothing_value(), Wake::WithValue));
  EXPECT_NE(
      test::thrown(task, [&] { yield_to(task, running, nothing_value(), Wake::WithValue, Ready::Stay); }),
      "");
  running = nullptr;
  seen = true;
  thread.join();
}

RUNTIME_TEST(Scheduler, AThreadOfCHasATaskWhileItLives) {
  static std::atomic<int> ends{0};
  for (int i = 0; i < 10; i++)
    run_a_foreign_thread(task, &ends);
  start_and_forget(task, 1); // other words where pointers were
  GC_gcollect();
  GC_invoke_finalizers();
  EXPECT_GE(ends, 7); // conservative: a few may be taken for reachable
}

RUNTIME_TEST(Scheduler, AThreadOfCWaitsForALockWithoutParking) {
  auto *lock = new (gc_alloc_scanned(sizeof(ReentrantLock))) ReentrantLock();
  take_lock(task, lock);
  std::atomic<bool> has_it{false};
  std::thread thread([&] {
    Task *self = jl_current_task();
    take_lock(self, lock);
    has_it = true;
    leave_lock(self, lock);
  });
  for (int i = 0; i < 20; i++)
    yield(task);
  EXPECT_FALSE(has_it);
  EXPECT_EQ(lock->waiting.first.load(), nullptr);
  leave_lock(task, lock);
  thread.join();
  EXPECT_TRUE(has_it);
}

// --- No stack to be had ---

#if !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer)
/// Leaves the process no more address space than it has and `more`.
class AddressSpaceLimit {
public:
  explicit AddressSpaceLimit(size_t more) {
    size_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages;
    getrlimit(RLIMIT_AS, &before_);
    rlimit limit = {pages * 4096 + more, before_.rlim_max};
    setrlimit(RLIMIT_AS, &limit);
  }
  ~AddressSpaceLimit() { setrlimit(RLIMIT_AS, &before_); }

private:
  rlimit before_;
};

RUNTIME_TEST(Scheduler, ATaskThatGetsNoStackFailsAndTheOthersGoOn) {
  std::vector<Task *, GcAllocator<Task *>> tasks;
  for (int i = 0; i < 100; i++) // more than are kept from before
    tasks.push_back(task_of<[](Task *self) -> Value * { return park(self); }>(task));
  Task *switched_to = task_of<[](Task *) -> Value * { return nothing_value(); }>(task);
  {
    AddressSpaceLimit limit(size_t(40) << 20);
    for (Task *each : tasks)
      schedule_task(each, nothing_value(), Wake::WithValue);
    yield(task);
    EXPECT_NE(test::thrown(
                  task, [&] { yield_to(task, switched_to, nothing_value(), Wake::WithValue, Ready::Stay); }),
              "");
  }
  EXPECT_EQ(switched_to->state.load(), TaskState::Failed);
  int failed = 0;
  for (Task *each : tasks) {
    if (each->state.load() == TaskState::Failed) {
      failed++;
      EXPECT_EQ(each->result, types::OutOfMemoryError->instance);
      EXPECT_EQ(current_exception(each), types::OutOfMemoryError->instance);
    } else {
      schedule_task(each, nothing_value(), Wake::WithValue);
      wait_for_end(task, each);
      EXPECT_EQ(each->state.load(), TaskState::Done);
    }
  }
  EXPECT_GT(failed, 0);
}
#endif

// --- The queue and the clock alone ---

RUNTIME_TEST(ReadyQueue, GivesTasksInOrderAndAnyOutOfTurn) {
  auto *queue = gc_new<ReadyQueue>();
  Task *tasks[5];
  for (Task *&each : tasks)
    each = task_of<park_for_ever>(task);
  EXPECT_EQ(queue->take(), nullptr);
  EXPECT_FALSE(queue->remove(tasks[0]));
  for (Task *each : tasks)
    queue->put(each);
  EXPECT_TRUE(queue->remove(tasks[2]));
  EXPECT_FALSE(queue->remove(tasks[2]));
  EXPECT_TRUE(queue->remove(tasks[4])); // the last one
  queue->put(tasks[2]);
  EXPECT_TRUE(queue->remove(tasks[0])); // the first one
  for (int i : {1, 3, 2})
    EXPECT_EQ(queue->take(), tasks[i]);
  EXPECT_EQ(queue->take(), nullptr);
  queue->put(tasks[0]);
  EXPECT_TRUE(queue->remove(tasks[0])); // the only one
  queue->put(tasks[1]);
  EXPECT_EQ(queue->take(), tasks[1]);
}

RUNTIME_TEST(AlarmClock, RingsInOrderAndForgetsThoseWhoNoLongerWait) {
  auto *clock = gc_new<AlarmClock>();
  Task *tasks[4];
  for (Task *&each : tasks)
    each = task_of<park_for_ever>(task);
  EXPECT_EQ(clock->next(), 0);
  clock->set(tasks[0], 30);
  clock->set(tasks[1], 10);
  clock->set(tasks[2], 10);
  clock->set(tasks[3], 20);
  tasks[3]->sleep_number++; // woken otherwise
  EXPECT_EQ(clock->take_due(9), nullptr);
  EXPECT_EQ(clock->take_due(20), tasks[1]);
  EXPECT_EQ(clock->take_due(20), tasks[2]); // equal times: as they were set
  EXPECT_EQ(clock->take_due(20), nullptr);
  EXPECT_EQ(clock->next(), 30);
  for (int i = 0; i < 1000; i++) {
    clock->set(tasks[1], 1000);
    tasks[1]->sleep_number++;
  }
  EXPECT_EQ(clock->take_due(30), tasks[0]);
  EXPECT_EQ(clock->next(), 0);
  EXPECT_TRUE(clock->is_empty());
}

} // namespace jl
