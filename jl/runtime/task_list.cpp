// SPDX-License-Identifier: MIT
#include "jl/runtime/task_list.h"

#include <utility>

#include "jl/runtime/task.h"

namespace jl {

void TaskList::append(Task *task, Link link) {
  task->*link = nullptr;
  if (first.load(std::memory_order_relaxed))
    last->*link = task;
  else
    first.store(task);
  last = task;
}

Task *TaskList::take_first(Link link) {
  Task *task = first.load(std::memory_order_relaxed);
  if (task)
    remove(task, link);
  return task;
}

bool TaskList::remove(Task *task, Link link) {
  Task *before = nullptr;
  for (Task *at = first.load(std::memory_order_relaxed); at; before = at, at = at->*link) {
    if (at != task)
      continue;
    Task *next = std::exchange(task->*link, nullptr);
    if (before)
      before->*link = next;
    else
      first.store(next);
    if (last == task)
      last = before;
    return true;
  }
  return false;
}

} // namespace jl
