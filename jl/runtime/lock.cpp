// SPDX-License-Identifier: MIT
#include "jl/runtime/lock.h"

#include <utility>

#include "jl/runtime/exceptions.h"
#include "jl/runtime/scheduler.h"
#include "jl/runtime/values.h"

namespace jl {

namespace {

/// A few instructions long: nobody parks or allocates with it.
class Guard {
public:
  explicit Guard(ReentrantLock *lock) : lock_(lock) {
    while (lock_->is_guarded.exchange(1, std::memory_order_acquire))
      __builtin_ia32_pause();
  }
  ~Guard() { lock_->is_guarded.store(0, std::memory_order_release); }
  Guard(const Guard &) = delete;
  Guard &operator=(const Guard &) = delete;

private:
  ReentrantLock *lock_;
};

void append(ReentrantLock *lock, Task *task) {
  task->next_waiter = nullptr;
  if (lock->first_waiting.load())
    lock->last_waiting->next_waiter = task;
  else
    lock->first_waiting.store(task);
  lock->last_waiting = task;
}

Task *take_first(ReentrantLock *lock) {
  Task *first = lock->first_waiting.load();
  if (!first)
    return nullptr;
  lock->first_waiting.store(std::exchange(first->next_waiter, nullptr));
  if (lock->last_waiting == first)
    lock->last_waiting = nullptr;
  return first;
}

void remove(ReentrantLock *lock, Task *task) {
  Guard guard(lock);
  Task *before = nullptr;
  for (Task *at = lock->first_waiting.load(); at; before = at, at = at->next_waiter) {
    if (at != task)
      continue;
    if (before)
      before->next_waiter = task->next_waiter;
    else
      lock->first_waiting.store(task->next_waiter);
    if (lock->last_waiting == task)
      lock->last_waiting = before;
    task->next_waiter = nullptr;
    return;
  }
}

bool take_free(Task *self, ReentrantLock *lock) {
  Task *nobody = nullptr;
  if (!lock->owner.compare_exchange_strong(nobody, self))
    return false;
  lock->depth = 1;
  return true;
}

/// Stands in the list before it looks a last time: whoever leaves the lock looks at the list afterwards.
bool queue_up(Task *self, ReentrantLock *lock) {
  Guard guard(lock);
  append(lock, self);
  return lock->owner.load() != nullptr;
}

/// Whoever is first tries again. Who is no longer in the list has been woken: nobody is woken later on, when it waits
/// for something else.
void wake_first(ReentrantLock *lock) {
  if (!lock->first_waiting.load())
    return;
  Guard guard(lock);
  if (Task *first = take_first(lock))
    try_schedule(first, nothing_value(), Wake::WithValue);
}

/// Leaves the list, and takes the wake that came although this task does not sleep (any more).
void stop_waiting(Task *self, ReentrantLock *lock) {
  remove(lock, self);
  if (self->is_queued.load())
    park(self);
}

} // namespace

bool try_lock(Task *self, ReentrantLock *lock) {
  if (lock->owner.load(std::memory_order_relaxed) == self)
    return lock->depth++, true;
  return take_free(self, lock);
}

void take_lock(Task *self, ReentrantLock *lock) {
  while (!try_lock(self, lock)) {
    Handler handler;
    if (!queue_up(self, lock)) {
      stop_waiting(self, lock);
    } else if (TRY_ENTER(self, handler)) {
      park(self);
      handler_leave(self, &handler);
      stop_waiting(self, lock); // it is still in the list if it was scheduled by somebody else
    } else {
      stop_waiting(self, lock);
      if (!lock->owner.load())
        wake_first(lock); // it may have been meant to take the lock
      rethrow_current(self);
    }
  }
}

void leave_lock(Task *self, ReentrantLock *lock) {
  if (lock->owner.load(std::memory_order_relaxed) != self)
    throw_error(self, lock->owner.load() ? "unlock from wrong thread" : "unlock count must match lock count");
  if (--lock->depth > 0)
    return;
  lock->owner.store(nullptr);
  wake_first(lock);
}

} // namespace jl
