// SPDX-License-Identifier: MIT
// What the scheduler's queues and the lists of those that wait are made of: tasks in order, linked through a
// field of theirs, and the lock that such a list is looked at under. Lists lie in collected memory, or are
// roots.
#pragma once

#include <atomic>
#include <cstdint>

namespace jl {

struct Task;

/// First in, first out. Whoever has the list sees to it that one thread at a time changes it; `first` alone
/// may be read by any, to see whether there is somebody. `link` is the same field in every call.
struct TaskList {
  using Link = Task *Task::*;

  std::atomic<Task *> first{nullptr};
  Task *last = nullptr;

  /// `task` is in no list that is linked through the same field.
  void append(Task *task, Link link);
  /// Null when there is none.
  Task *take_first(Link link);
  /// Takes `task` out, wherever it stands; false when it is not there.
  bool remove(Task *task, Link link);
};

/// Has `flag` (0: free) while it lives. For a few instructions: nobody parks, allocates or throws with it.
class SpinGuard {
public:
  explicit SpinGuard(std::atomic<int64_t> &flag) : flag_(flag) {
    while (flag_.exchange(1, std::memory_order_acquire))
      __builtin_ia32_pause();
  }
  ~SpinGuard() { flag_.store(0, std::memory_order_release); }
  SpinGuard(const SpinGuard &) = delete;
  SpinGuard &operator=(const SpinGuard &) = delete;

private:
  std::atomic<int64_t> &flag_;
};

} // namespace jl
