// SPDX-License-Identifier: MIT
// The stacks that tasks run on: reserved address space of one size, committed as it is touched, its lowest
// page out of reach. A few that ended are kept for the next task, the rest goes back to the system.
#pragma once

#include <cstddef>

namespace jl {

/// Generated code leaves kStackReserve (signals.h) of it to the runtime.
inline constexpr size_t kTaskStackBytes = size_t(32) << 20;

struct TaskStack {
  char *lowest = nullptr; // null: none
  char *base() const { return lowest + kTaskStackBytes; }
};

/// Any thread. When many are in use, the collector looks first which of them belong to tasks that nobody can
/// reach. Throws OutOfMemoryError.
TaskStack take_task_stack();
void give_back_task_stack(TaskStack stack);
/// Stacks that tasks have now.
size_t task_stacks_in_use();

/// Address space for a stack, its lowest page out of reach; null when there is none.
char *map_stack(size_t bytes);

} // namespace jl
