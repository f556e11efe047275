// SPDX-License-Identifier: MIT
#include "jl/runtime/scheduler.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <utility>

#include "jl/runtime/exceptions.h"
#include "jl/runtime/io.h"
#include "jl/runtime/method.h"
#include "jl/runtime/ready_queue.h"
#include "jl/runtime/signals.h"
#include "jl/runtime/task_switch.h"
#include "jl/runtime/throw.h"
#include "jl/runtime/types.h"
#include "jl/runtime/values.h"

namespace jl {

namespace {

constexpr int32_t kMostWorkers = 1024;

/// Kept for ever, in collected memory.
struct Worker {
  Task *root = nullptr;
  ReadyQueue ready;
  AlarmClock alarms; // used by its own thread alone
  std::atomic<uint32_t> wakes{0}; // changes with every reason to look again: what its thread sleeps on
  std::atomic<bool> is_idle{false};
  unsigned turn = 0;
};

/// What the collector finds its way from.
struct Workers {
  std::atomic<int32_t> count{0};
  Worker *all[kMostWorkers];
  ReadyQueue fresh; // spawned, not begun
};

Workers &workers() {
  static Workers *made = [] {
    auto *workers = gc_new<Workers>();
    gc_keep(workers);
    return workers;
  }();
  return *made;
}

thread_local Worker *this_worker = nullptr;

// --- Sleeping threads ---

void wake(Worker &worker) {
  worker.wakes.fetch_add(1);
  if (worker.is_idle.exchange(false)) // whoever looks for an idle one next finds another
    syscall(SYS_futex, &worker.wakes, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
}

/// Returns when `wakes` is no longer `seen`, a signal came, or at the deadline; 0: none.
void sleep_until_woken(Worker &worker, uint32_t seen, int64_t deadline) {
  constexpr int64_t kSecond = 1000000000;
  timespec until = {time_t(deadline / kSecond), long(deadline % kSecond)};
  syscall(SYS_futex, &worker.wakes, FUTEX_WAIT_BITSET_PRIVATE, seen, deadline ? &until : nullptr, nullptr,
          FUTEX_BITSET_MATCH_ANY);
}

/// One that sleeps, to begin what was spawned.
void wake_an_idle_worker() {
  int32_t n = worker_count();
  for (int32_t i = 0; i < n; i++)
    if (Worker *worker = workers().all[i]; worker && worker->is_idle.load())
      return wake(*worker);
}

// --- Choosing the next ---

void ring_alarms(Worker &worker) {
  if (worker.alarms.is_empty())
    return;
  int64_t now = monotonic_nanoseconds();
  while (Task *task = worker.alarms.take_due(now))
    try_schedule(task, false_value(), Wake::WithValue);
}

/// Gives a spawned task to this worker.
Task *begin_fresh(Task *self) {
  Task *task = workers().fresh.take();
  if (task)
    task->thread_id = self->thread_id;
  return task;
}

/// Those that have begun go first, but not for ever.
Task *take_ready(Worker &worker, Task *self) {
  constexpr unsigned kTurns = 8;
  ring_alarms(worker);
  if (++worker.turn % kTurns == 0)
    if (Task *task = begin_fresh(self))
      return task;
  if (Task *task = worker.ready.take())
    return task;
  return begin_fresh(self);
}

/// Ctrl-C while everything waits is for the program itself, whatever stack its thread sleeps on.
void deliver_interrupt(Worker &worker, Task *self) {
  if (!self->interrupt_pending.exchange(false))
    return;
  self->stack_limit = self->true_stack_limit;
  if (!try_schedule(worker.root, types::InterruptException->instance, Wake::WithError))
    request_interrupt(worker.root); // ready already: as soon as it runs
}

/// The next to run on this thread, perhaps `self`; sleeps until there is one.
Task *next_task(Worker &worker, Task *self) {
  for (;;) {
    if (Task *task = take_ready(worker, self))
      return task;
    uint32_t seen = worker.wakes.load();
    worker.is_idle.store(true);
    deliver_interrupt(worker, self);
    Task *task = take_ready(worker, self);
    if (!task) {
      flush_output();
      sleep_until_woken(worker, seen, worker.alarms.next());
    }
    worker.is_idle.store(false);
    if (task)
      return task;
  }
}

[[noreturn]] void run_to_end(Task *task);

/// Runs `to`, which was taken from its queue. Throws when there is no stack for it.
void go_to(Task *self, Task *to) {
  if (to == self)
    return;
  if (!to->context)
    prepare_to_run(to, run_to_end);
  switch_task(self, to);
}

// --- From begin to end ---

/// What the task was scheduled with; from now on it may be scheduled again.
Value *take_wake_value(Task *task) {
  task->sleep_number++;
  Value *value = std::exchange(task->wake_value, nullptr);
  bool is_error = std::exchange(task->wakes_with_error, false);
  task->is_queued.store(false);
  if (is_error)
    throw_value(task, value);
  return value ? value : nothing_value();
}

/// What was thrown stays on the task's exception stack, for who asks.
TaskState run_code(Task *task) {
  Handler handler;
  if (TRY_ENTER(task, handler)) {
    take_wake_value(task);
    Value *result = apply(task, task->code, nullptr, 0);
    handler_leave(task, &handler);
    task->result = result;
    return TaskState::Done;
  }
  task->result = current_exception(task);
  return TaskState::Failed;
}

void lock_waiters(Task *task) {
  while (task->waiters_lock.test_and_set(std::memory_order_acquire))
    __builtin_ia32_pause();
}
void unlock_waiters(Task *task) { task->waiters_lock.clear(std::memory_order_release); }

/// From now on nobody can be added, and who is no longer in the list has been woken.
void end_and_wake_waiters(Task *task, TaskState state) {
  lock_waiters(task);
  task->state.store(state);
  while (Task *waiter = task->first_waiter) {
    task->first_waiter = std::exchange(waiter->next_waiter, nullptr);
    try_schedule(waiter, nothing_value(), Wake::WithValue);
  }
  unlock_waiters(task);
}

[[noreturn]] void run_to_end(Task *task) {
  TaskState end = run_code(task);
  task->code = nothing_value();
  end_and_wake_waiters(task, end);
  Task *next = next_task(*this_worker, task);
  if (!next->context)
    prepare_to_run(next, run_to_end);
  switch_for_ever(task, next);
}

/// Last in the list: who waits longest is woken first.
bool add_waiter(Task *task, Task *waiter) {
  lock_waiters(task);
  bool runs = task->state.load() == TaskState::Runnable;
  Task **end = &task->first_waiter;
  while (runs && *end)
    end = &(*end)->next_waiter;
  if (runs)
    *end = waiter;
  unlock_waiters(task);
  return runs;
}

void remove_waiter(Task *task, Task *waiter) {
  lock_waiters(task);
  for (Task **place = &task->first_waiter; *place; place = &(*place)->next_waiter)
    if (*place == waiter) {
      *place = std::exchange(waiter->next_waiter, nullptr);
      break;
    }
  unlock_waiters(task);
}

void park_unlooking(Task *self) { go_to(self, next_task(*this_worker, self)); }

/// Threads that C started (foreign_thread.h) run callbacks and no tasks.
void require_worker() {
  if (!this_worker)
    throw_error(current_task(), "a thread that C started cannot wait for tasks");
}

} // namespace

// --- Workers ---

int32_t worker_count() { return workers().count.load(std::memory_order_acquire); }

void become_worker(Task *root, int32_t id) {
  begin_to_switch(root);
  Worker *&place = workers().all[id];
  if (!place)
    place = gc_new<Worker>();
  place->root = root;
  root->thread_id = id;
  this_worker = place;
  if (id == 0 && worker_count() == 0)
    workers().count.store(1);
}

void reserve_workers(int32_t n) {
  for (int32_t id = 1; id < n; id++)
    workers().all[id] = gc_new<Worker>();
  workers().count.store(n);
}

void run_ready_tasks() {
  Worker &worker = *this_worker;
  for (;;)
    go_to(worker.root, next_task(worker, worker.root));
}

void pin_task(Task *task, int32_t id) {
  if (task->thread_id < 0 && !task->is_queued.load()) {
    task->thread_id = id;
    task->is_sticky = true;
  }
}

void stop_being_worker() {
  this_worker = nullptr;
  end_to_switch();
}

void wake_program_thread() {
  if (Worker *worker = workers().all[0])
    wake(*worker);
}

int64_t monotonic_nanoseconds() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return int64_t(now.tv_sec) * 1000000000 + now.tv_nsec;
}

// --- Scheduling ---

bool try_schedule(Task *task, Value *value, Wake wake_how) {
  if (task->state.load() != TaskState::Runnable || task->is_queued.exchange(true))
    return false;
  task->wake_value = value;
  task->wakes_with_error = wake_how == Wake::WithError;
  if (task->thread_id < 0 && !task->is_sticky) {
    workers().fresh.put(task);
    wake_an_idle_worker();
    return true;
  }
  if (task->thread_id < 0)
    task->thread_id = current_task()->thread_id;
  Worker &worker = *workers().all[task->thread_id];
  worker.ready.put(task);
  if (&worker != this_worker)
    wake(worker);
  return true;
}

void schedule_task(Task *task, Value *value, Wake wake_how) {
  if (!try_schedule(task, value, wake_how))
    throw_error(current_task(), "schedule: Task not runnable");
}

Value *park(Task *self) {
  require_worker();
  park_unlooking(self);
  return take_wake_value(self);
}

bool park_until(Task *self, int64_t deadline) {
  require_worker();
  this_worker->alarms.set(self, deadline);
  return park(self) != false_value();
}

void yield(Task *self) {
  require_worker();
  if (!self->is_queued.exchange(true))
    this_worker->ready.put(self);
  park(self);
}

static void check_can_go_on(Task *self, Task *to) {
  if (to->state.load() != TaskState::Runnable)
    throw_error(self, "attempt to switch to exited task");
  if (to->thread_id >= 0 && to->thread_id != self->thread_id)
    throw_error(self, "cannot switch to task that began on another thread");
}

Value *yield_to(Task *self, Task *to, Value *value, Wake wake_how, Ready ready) {
  require_worker();
  check_can_go_on(self, to);
  if (to == self)
    return value;
  if (to->is_queued.load() && !this_worker->ready.remove(to) && !workers().fresh.remove(to))
    throw_error(self, "cannot switch to a task that another thread has begun");
  to->is_queued.store(true);
  to->wake_value = value;
  to->wakes_with_error = wake_how == Wake::WithError;
  if (ready == Ready::Stay && !self->is_queued.exchange(true))
    this_worker->ready.put(self);
  go_to(self, to);
  return take_wake_value(self);
}

void wait_for_end(Task *self, Task *task) {
  require_worker();
  while (add_waiter(task, self)) {
    park_unlooking(self);
    remove_waiter(task, self); // it is still there if it was scheduled by somebody else
    take_wake_value(self);
  }
}

void schedule_after(Task *task, Task *then) {
  if (!add_waiter(task, then))
    schedule_task(then, nothing_value(), Wake::WithValue);
}

} // namespace jl
