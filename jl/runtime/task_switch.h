// SPDX-License-Identifier: MIT
// Going from one task's stack to another's on one thread, and what the collector knows of the stacks.
//
// The stack of the running task is the one that the collector takes for the thread's own. A parked task's
// stack is scanned when, and only when, the collector comes across the task: what is parked for ever and
// unreachable goes, stack and all. Tasks stay on the thread on which they began. The free lists of small
// objects travel with whoever runs.
#pragma once

#include "jl/runtime/task.h"

namespace jl {

/// Collected memory for a task's tag and fields: the kind that the collector scans together with the parked
/// stack.
void *gc_alloc_task_block(size_t bytes);

/// The calling thread, registered with the collector, begins to run tasks; `root` is the one on its own
/// stack.
void begin_to_switch(Task *root);
/// It runs no tasks any more, and has no running one.
void end_to_switch();

/// Gives `task`, which is new, a stack, on which it will begin with `body`. Throws OutOfMemoryError, and has
/// done nothing then.
void prepare_to_run(Task *task, void (*body)(Task *));

/// Parks the running task `from` and goes on with `to`; returns when something switches back.
void switch_task(Task *from, Task *to);
/// The same for a task that has ended: its stack is given back.
[[noreturn]] void switch_for_ever(Task *from, Task *to);

} // namespace jl
