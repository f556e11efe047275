// SPDX-License-Identifier: MIT
// Who runs next. Each thread that runs tasks is a worker: it has a queue of those that are ready, alarms for those that
// sleep, and sleeps itself when there is nothing to do. Worker 0 is the program's thread, whose first task is the program.
//
// A task is ready when it was scheduled, and goes back to the worker on which it began. What was spawned and has not begun
// waits in a queue that all workers share. Scheduling a task that is about to park but has not yet is fine: its
// worker alone can run it, and finds it in its queue.
#pragma once

#include <cstdint>

#include "jl/runtime/task.h"

namespace jl {

/// Makes the calling thread worker `id`, running `root` now. It is registered with the collector.
void become_worker(Task *root, int32_t id);
void stop_being_worker();
/// How many there are: 1, and those that start_workers started.
int32_t worker_count();
/// Starts workers 1 to n-1. Once, when the language has started. Ends the process when there are no threads to be had.
void start_workers(int32_t n);
/// Says that there are n, before each has become one.
void reserve_workers(int32_t n);
/// What a worker's first task does.
[[noreturn]] void run_ready_tasks();
/// A new task that is to run on worker `id`.
void pin_task(Task *task, int32_t id);

/// Ends the process as `exit` does. Where other workers run the static objects stay, which they may be using.
[[noreturn]] void end_process(int status);
/// Calls `function` at the process's end, however many workers there are.
void at_process_end(void (*function)());

enum class Wake : uint8_t { WithValue, WithError };
/// Makes a new or parked task ready; its wait gives or throws `value`. False when it cannot be: it is ready already, or has ended.
bool try_schedule(Task *task, Value *value, Wake wake);
/// The same; throws an ErrorException when it cannot be.
void schedule_task(Task *task, Value *value, Wake wake);

/// Parks `self`, the running task, until it is scheduled. Gives what it was scheduled with, or throws it.
Value *park(Task *self);
/// Parks until it is scheduled (true) or `deadline` nanoseconds of the monotonic clock have come (false).
bool park_until(Task *self, int64_t deadline);
/// Lets others that are ready go first.
void yield(Task *self);
enum class Ready : uint8_t { No, Stay };
/// Goes on with `to`, whose wait gives or throws `value`. `self` parks, or stays ready.
Value *yield_to(Task *self, Task *to, Value *value, Wake wake, Ready ready);

/// Parks until `task` has ended. Throws what `self` was scheduled with meanwhile, if that was an error.
void wait_for_end(Task *self, Task *task);
/// Schedules `then`, a new task, when `task` ends.
void schedule_after(Task *task, Task *then);

int64_t monotonic_nanoseconds();
/// From a signal handler: worker 0 looks whether it was interrupted.
void wake_program_thread();

} // namespace jl
