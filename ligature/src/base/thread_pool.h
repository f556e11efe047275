// SPDX-License-Identifier: MIT
//
// A fixed number of threads with one queue. Tasks run in the order they were queued, never on top of one
// another: a task that queues another one does not deepen the stack. Nobody may wait for a task from
// within a task.
#pragma once

#include "base/mutex.h"

#include <deque>
#include <functional>
#include <thread>
#include <vector>

namespace ligature {

class ThreadPool {
public:
  struct Hooks {
    std::function<void()> started; ///< on each thread, before its first task
    std::function<void()> stopped; ///< on each thread, after its last
  };
  /// Threads start with the first task.
  explicit ThreadPool(unsigned threads, Hooks hooks = {});
  /// Runs what is queued, then stops.
  ~ThreadPool();

  /// Where the system has no thread at all for the pool, the task runs here and now, without the hooks.
  void run(std::function<void()> task);
  /// Waits until nothing is queued or running. Not from a pool thread.
  void wait_idle();

private:
  void start_locked() REQUIRES(mutex_);
  void work();

  const unsigned count_;
  const Hooks hooks_;
  Mutex mutex_;
  Condition work_ready_, idle_;
  std::deque<std::function<void()>> queue_ GUARDED_BY(mutex_);
  unsigned busy_ GUARDED_BY(mutex_) = 0;
  bool stopping_ GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_ GUARDED_BY(mutex_); // the destructor, alone by then, joins them
};

} // namespace ligature
