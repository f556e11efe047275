// SPDX-License-Identifier: MIT
// Who runs next. Each thread that runs tasks is a worker: it has a queue of those that are ready, alarms for
// those that sleep, and sleeps itself when there is nothing to do. Worker 0 is the program's thread, whose
// first task is the program.
//
// A task is ready when it was scheduled, and goes back to the worker on which it began. What was spawned and
// has not begun waits in a queue that all workers share. Scheduling a task that is about to park but has not
// yet is fine: its worker alone can run it, and finds it in its queue.
#pragma once

#include <cstdint>

#include "jl/runtime/task.h"
#include "jl/runtime/threads.h"

namespace jl {

/// Makes the calling thread worker `id`, running `root` now. It is registered with the collector.
void become_worker(Task *root, int32_t id);
/// The calling thread, a worker whose root runs, runs no more tasks. What is in its queue stays there.
void stop_being_worker();
/// How many there are: 1, and those that were reserved. 0 before the program's thread is one.
int32_t worker_count();
/// Says that there are n, at most kFirstForeignThread, before each has become one.
void reserve_workers(int32_t n);
/// What a worker's first task does.
[[noreturn]] void run_ready_tasks();
/// A new task that is to run on worker `id`. Nothing happens to one that was scheduled or has begun.
void pin_task(Task *task, int32_t id);

enum class Wake : uint8_t { WithValue, WithError };
/// Makes a new or parked task ready; its wait gives or throws `value`. A running one finds that at its next
/// wait. False when it cannot be: it is ready already, has ended, or is a thread's that C started. Any
/// thread.
bool try_schedule(Task *task, Value *value, Wake wake);
/// The same; throws an ErrorException when it cannot be.
void schedule_task(Task *task, Value *value, Wake wake);

/// Can the calling thread wait for tasks? Those that C started (foreign_thread.h) run callbacks and no tasks;
/// what follows throws an ErrorException there.
bool can_park();
/// Parks `self`, the running task, until it is scheduled. Gives what it was scheduled with, or throws it.
Value *park(Task *self);
/// The same in two steps, for who stands in a list of those to be woken: between them nobody can schedule
/// `self`, which is the time to leave the list.
void sleep_until_scheduled(Task *self);
Value *take_wake_value(Task *self);
/// Parks until it is scheduled (true) or `deadline` nanoseconds of the monotonic clock have come (false).
bool park_until(Task *self, int64_t deadline);
/// Lets others that are ready go first. Throws what `self` was scheduled with meanwhile, if that was an
/// error.
void yield(Task *self);
enum class Ready : uint8_t { No, Stay };
/// Goes on with `to`, whose wait gives or throws `value`, instead of what it was scheduled with if it was.
/// `self` parks, or stays ready; gives or throws what it is woken with. Throws an ErrorException when `to`
/// has ended or is another thread's, and OutOfMemoryError when `to` is new and gets no stack: it has failed
/// then.
Value *yield_to(Task *self, Task *to, Value *value, Wake wake, Ready ready);

/// Parks until `task` has ended. Throws what `self` was scheduled with meanwhile, if that was an error.
void wait_for_end(Task *self, Task *task);
/// Schedules `then`, a new task, when `task` ends.
void schedule_after(Task *task, Task *then);

int64_t monotonic_nanoseconds();
/// From a signal handler: worker 0 looks whether it was interrupted.
void wake_program_thread();

} // namespace jl
