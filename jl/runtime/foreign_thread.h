// SPDX-License-Identifier: MIT
// Threads that C started and that call the program back.
//
// Such a thread gets a task of its own, on the stack that it has, the first time it comes here; the collector
// knows the thread until it ends. Exceptions that nobody on the thread catches end the process, as there is
// nobody to hand them to.
#pragma once

#include "jl/runtime/task.h"

namespace jl {

/// The task of a thread that has none yet.
Task *adopt_thread();
/// The running task of a function that C may call from any thread (defined beside current_task, being called
/// often).
extern "C" Task *jl_current_task();

} // namespace jl
