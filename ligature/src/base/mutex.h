// SPDX-License-Identifier: MIT
//
// Locks that clang checks (-Wthread-safety): a member says which mutex guards it, a function which one its
// caller must hold, and code that does neither does not compile. Functions named `..._locked` carry REQUIRES.
// The analysis does not look into lambdas from outside, so waiting is written as a loop around `wait`.
// Shared and recursive locks are not here because nothing wants them; public headers, which cannot include
// this one, use std::mutex.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

#define CAPABILITY(name) __attribute__((capability(name)))
#define SCOPED_CAPABILITY __attribute__((scoped_lockable))
#define GUARDED_BY(mutex) __attribute__((guarded_by(mutex)))
#define REQUIRES(...) __attribute__((requires_capability(__VA_ARGS__)))
#define ACQUIRE(...) __attribute__((acquire_capability(__VA_ARGS__)))
#define RELEASE(...) __attribute__((release_capability(__VA_ARGS__)))

namespace ligature {

/// Locked by a Guard only.
class CAPABILITY("mutex") Mutex {
  friend class Guard;
  std::mutex mutex_;
};

/// Holds the mutex while it lives, but for stretches between `unlock` and `lock`.
class SCOPED_CAPABILITY Guard {
public:
  explicit Guard(Mutex &mutex) ACQUIRE(mutex) : lock_(mutex.mutex_) {}
  ~Guard() RELEASE() {}
  Guard(const Guard &) = delete;
  Guard &operator=(const Guard &) = delete;

  void unlock() RELEASE() { lock_.unlock(); }
  void lock() ACQUIRE() { lock_.lock(); }

private:
  friend class Condition;
  std::unique_lock<std::mutex> lock_;
};

/// Something that others change while they hold the guard's mutex.
class Condition {
public:
  /// Lets go of the mutex and takes it again. May return for no reason: ask again in a loop.
  void wait(Guard &guard) { changed_.wait(guard.lock_); }
  /// The same until `end` at most; false when that has come.
  bool wait_until(Guard &guard, std::chrono::steady_clock::time_point end) {
    return changed_.wait_until(guard.lock_, end) == std::cv_status::no_timeout;
  }
  void notify_one() { changed_.notify_one(); }
  void notify_all() { changed_.notify_all(); }

private:
  std::condition_variable changed_;
};

} // namespace ligature
