// SPDX-License-Identifier: MIT
// The two places where the scheduler keeps tasks that do not run: ready ones in a queue, sleeping ones by the
// time at which they are woken. Both lie in collected memory.
#pragma once

#include <cstdint>
#include <mutex>

#include "jl/runtime/gc.h"
#include "jl/runtime/task.h"

namespace jl {

/// First in, first out; any thread. Linked through Task::next_ready.
class ReadyQueue {
public:
  void put(Task *task);
  /// Null when there is none.
  Task *take();
  /// Takes `task` out, wherever it stands; false when it is not there.
  bool remove(Task *task);

private:
  std::mutex mutex_;
  TaskList tasks_;
};

/// One thread's alarms. An alarm whose task has been woken otherwise is as good as gone.
class AlarmClock {
public:
  bool is_empty() const { return heap_.empty(); }
  void set(Task *task, int64_t deadline);
  /// A task that still waits for an alarm due at `now`; null when there is none.
  Task *take_due(int64_t now);
  /// The next deadline; 0 when there is none.
  int64_t next();

private:
  struct Alarm {
    int64_t deadline;
    uint64_t number; // equal deadlines: first set, first rung
    Task *task;
    uint32_t sleep_number;
    bool is_void() const { return task->sleep_number != sleep_number; }
    /// For a heap with the earliest on top.
    bool operator<(const Alarm &other) const {
      return deadline != other.deadline ? deadline > other.deadline : number > other.number;
    }
  };
  void drop_void_ones();
  Alarm pop();

  GcVector<Alarm> heap_;
  uint64_t count_ = 0;
  size_t sweep_at_ = 64; // so many alarms are looked through for those that are void
};

} // namespace jl
