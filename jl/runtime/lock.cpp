// SPDX-License-Identifier: MIT
#include "jl/runtime/lock.h"

#include <unistd.h>

#include <algorithm>

#include "jl/runtime/exceptions.h"
#include "jl/runtime/scheduler.h"
#include "jl/runtime/values.h"

namespace jl {

namespace {

bool take_free(Task *self, ReentrantLock *lock) {
  Task *nobody = nullptr;
  if (!lock->owner.compare_exchange_strong(nobody, self))
    return false;
  lock->depth = 1;
  return true;
}

/// Stands in the list before it looks a last time whether the lock is taken: whoever leaves the lock looks at
/// the list afterwards.
bool queue_up(Task *self, ReentrantLock *lock) {
  SpinGuard guard(lock->is_guarded);
  lock->waiting.append(self, &Task::next_waiter);
  return lock->owner.load() != nullptr;
}

bool leave_list(Task *self, ReentrantLock *lock) {
  SpinGuard guard(lock->is_guarded);
  return lock->waiting.remove(self, &Task::next_waiter);
}

/// Whoever is first tries again. Who is no longer in the list has been woken: nobody is woken later on, when
/// it waits for something else.
void wake_first(ReentrantLock *lock) {
  if (!lock->waiting.first.load())
    return;
  SpinGuard guard(lock->is_guarded);
  if (Task *first = lock->waiting.take_first(&Task::next_waiter))
    try_schedule(first, nothing_value(), Wake::WithValue);
}

/// Until somebody has left the lock, as far as this task knows.
void wait_for_turn(Task *self, ReentrantLock *lock) {
  if (!queue_up(self, lock) && leave_list(self, lock))
    return;
  sleep_until_scheduled(self);
  leave_list(self, lock); // it is still there if somebody else scheduled it
  if (self->wakes_with_error && !lock->owner.load())
    wake_first(lock); // it may have been meant to take the lock
  take_wake_value(self);
}

void look_again_and_again(Task *self, ReentrantLock *lock) {
  constexpr useconds_t kLongest = 1000;
  for (useconds_t pause = 1; !try_lock(self, lock); pause = std::min(2 * pause, kLongest))
    usleep(pause);
}

} // namespace

bool try_lock(Task *self, ReentrantLock *lock) {
  if (lock->owner.load(std::memory_order_relaxed) == self)
    return lock->depth++, true;
  return take_free(self, lock);
}

void take_lock(Task *self, ReentrantLock *lock) {
  if (!can_park())
    return look_again_and_again(self, lock);
  while (!try_lock(self, lock))
    wait_for_turn(self, lock);
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
