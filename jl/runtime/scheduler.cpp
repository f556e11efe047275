// SPDX-License-Identifier: MIT
#include "jl/runtime/scheduler.h"

#include <linux/futex.h>
#include <sched.h>
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
#include "jl/support/trace.h"

namespace jl {

namespace {

/// Kept for ever, in collected memory.
struct Worker {
  Task *root = nullptr;
  ReadyQueue ready;
  AlarmClock alarms;              // used by its own thread alone
  std::atomic<uint32_t> wakes{0}; // changes with every reason to look again: what its thread sleeps on
  std::atomic<bool> is_idle{false};
  unsigned turn = 0;
};

/// What the collector finds its way from.
struct Workers {
  std::atomic<int32_t> count{0};
  Worker *all[kFirstForeignThread];
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

bool is_runnable(const Task *task) {
  return task->state.load() == TaskState::Runnable;
}

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
    task->thread_id = self->thread_id.load();
  return task;
}

/// Those that have begun go first, but not for ever.
Task *take_queued(Worker &worker, Task *self) {
  constexpr unsigned kTurns = 8;
  if (++worker.turn % kTurns == 0)
    if (Task *task = begin_fresh(self))
      return task;
  if (Task *task = worker.ready.take())
    return task;
  return begin_fresh(self);
}

bool has_stack(Task *task);

/// What was scheduled while it ran and has ended since is passed over.
Task *take_ready(Worker &worker, Task *self) {
  ring_alarms(worker);
  while (Task *task = take_queued(worker, self))
    if (is_runnable(task) && (task == self || has_stack(task)))
      return task;
  return nullptr;
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

/// Runs `to`, which was taken from its queue.
void go_to(Task *self, Task *to) {
  if (to != self)
    switch_task(self, to);
}

// --- From begin to end ---

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

/// From now on nobody can be added, and who is no longer in the list has been woken.
void end_and_wake_waiters(Task *task, TaskState state) {
  SpinGuard guard(task->waiters_lock);
  task->state.store(state);
  while (Task *waiter = task->waiters.take_first(&Task::next_waiter))
    try_schedule(waiter, nothing_value(), Wake::WithValue);
}

[[noreturn]] void run_to_end(Task *task) {
  TaskState end = run_code(task);
  if (is_tracing.load(std::memory_order_relaxed))
    trace_end_of_stack();
  task->code = nothing_value();
  end_and_wake_waiters(task, end);
  switch_for_ever(task, next_task(*this_worker, task));
}

/// Has `task` one to go on with? A new one is given one; it fails when there is none, as if its code had
/// thrown that.
bool has_stack(Task *task) {
  if (task->context)
    return true;
  Task *self = current_task();
  Handler handler;
  if (TRY_ENTER(self, handler)) {
    prepare_to_run(task, run_to_end);
    handler_leave(self, &handler);
    return true;
  }
  task->result = current_exception(self);
  copy_newest_exception(self, task);
  pop_exception(self, handler.exception_depth);
  end_and_wake_waiters(task, TaskState::Failed);
  return false;
}

/// Last in the list: who waits longest is woken first.
bool add_waiter(Task *task, Task *waiter) {
  SpinGuard guard(task->waiters_lock);
  if (!is_runnable(task))
    return false;
  task->waiters.append(waiter, &Task::next_waiter);
  return true;
}

void remove_waiter(Task *task, Task *waiter) {
  SpinGuard guard(task->waiters_lock);
  task->waiters.remove(waiter, &Task::next_waiter);
}

void require_worker() {
  if (!can_park())
    throw_error(current_task(), "a thread that C started cannot wait for tasks");
}

} // namespace

// --- Workers ---

int32_t worker_count() {
  return workers().count.load(std::memory_order_acquire);
}

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
  if (task->thread_id >= kFirstForeignThread || !is_runnable(task) || task->is_queued.exchange(true))
    return false;
  if (!is_runnable(task)) // it ended in between
    return false;
  task->wake_value = value;
  task->wakes_with_error = wake_how == Wake::WithError;
  if (task->thread_id < 0 && !task->is_sticky) {
    workers().fresh.put(task);
    wake_an_idle_worker();
    return true;
  }
  if (task->thread_id < 0) // a thread that C started leaves it to the program's
    task->thread_id = this_worker ? current_task()->thread_id.load() : 0;
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

bool can_park() {
  return this_worker != nullptr;
}

void sleep_until_scheduled(Task *self) {
  require_worker();
  go_to(self, next_task(*this_worker, self));
}

Value *take_wake_value(Task *self) {
  self->sleep_number++;
  Value *value = std::exchange(self->wake_value, nullptr);
  bool is_error = std::exchange(self->wakes_with_error, false);
  self->is_queued.store(false);
  if (is_error)
    throw_value(self, value);
  return value ? value : nothing_value();
}

Value *park(Task *self) {
  sleep_until_scheduled(self);
  return take_wake_value(self);
}

bool park_until(Task *self, int64_t deadline) {
  require_worker();
  this_worker->alarms.set(self, deadline);
  return park(self) != false_value();
}

static void stay_ready(Task *self) {
  if (!self->is_queued.exchange(true))
    this_worker->ready.put(self);
}

void yield(Task *self) {
  require_worker();
  stay_ready(self);
  park(self);
}

/// Is `to` this thread's, or nobody's yet?
static bool may_run_here(Task *self, Task *to) {
  int32_t id = to->thread_id;
  return id < 0 || id == self->thread_id;
}

/// Takes `to` out of its queue; waits for who schedules it at this moment to put it there. False when another
/// thread begins it.
static bool take_out_of_queue(Task *self, Task *to) {
  for (; may_run_here(self, to); sched_yield())
    if (this_worker->ready.remove(to) || workers().fresh.remove(to))
      return true;
  return false;
}

/// From here on nobody else can schedule `to`, which is this thread's.
static bool claim(Task *self, Task *to) {
  if (!may_run_here(self, to))
    return false;
  if (to->is_queued.exchange(true)) {
    if (!take_out_of_queue(self, to))
      return false;
  } else if (!may_run_here(self, to)) { // another thread has begun it in between
    to->is_queued.store(false);
    return false;
  }
  to->thread_id = self->thread_id.load();
  return true;
}

Value *yield_to(Task *self, Task *to, Value *value, Wake wake_how, Ready ready) {
  require_worker();
  if (to == self) {
    if (wake_how == Wake::WithError)
      throw_value(self, value);
    return value;
  }
  if (!is_runnable(to))
    throw_error(self, "attempt to switch to exited task");
  if (!claim(self, to))
    throw_error(self, "cannot switch to task that began on another thread");
  if (!has_stack(to))
    throw_value(self, to->result);
  to->wake_value = value;
  to->wakes_with_error = wake_how == Wake::WithError;
  if (ready == Ready::Stay)
    stay_ready(self);
  go_to(self, to);
  return take_wake_value(self);
}

void wait_for_end(Task *self, Task *task) {
  require_worker();
  while (add_waiter(task, self)) {
    sleep_until_scheduled(self);
    remove_waiter(task, self); // it is still there if it was scheduled by somebody else
    take_wake_value(self);
  }
}

void schedule_after(Task *task, Task *then) {
  if (!add_waiter(task, then))
    schedule_task(then, nothing_value(), Wake::WithValue);
}

} // namespace jl
