// SPDX-License-Identifier: MIT
//
// For tests of what waits: a hang ends the test program with a message, and is not taken for a slow machine.
#pragma once

#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <mutex>
#include <thread>

namespace ligature::toy {

class Watchdog {
public:
  Watchdog() : thread_([this] { watch(); }) {}
  ~Watchdog() {
    {
      std::lock_guard lock(mutex_);
      done_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }

private:
  void watch() {
    std::unique_lock lock(mutex_);
    // wait_until, by the system's clock: what thread sanitizer of clang 19 knows.
    auto end = std::chrono::system_clock::now() + std::chrono::minutes(2);
    if (!changed_.wait_until(lock, end, [&] { return done_; })) {
      std::fprintf(stderr, "watchdog: still waiting after two minutes\n");
      std::abort();
    }
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  bool done_ = false;
  std::thread thread_;
};

/// Whoever passes is held until it is opened.
class Gate {
public:
  void pass() {
    reached_.set_value();
    open_.get_future().wait();
  }
  void wait_until_reached() { reached_.get_future().wait(); }
  void open() { open_.set_value(); }

private:
  std::promise<void> reached_, open_;
};

/// Lets other threads get as far as they can. Tests are right however far that is.
inline void let_others_run() {
  std::this_thread::sleep_for(std::chrono::milliseconds(3));
}

} // namespace ligature::toy
