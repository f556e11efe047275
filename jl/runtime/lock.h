// SPDX-License-Identifier: MIT
// Base.ReentrantLock: what lies in its object, and taking and leaving it. A task that cannot have it parks.
#pragma once

#include "jl/runtime/task.h"

namespace jl {

/// The payload of a `ReentrantLock`: as many words as base/locks.jl declares fields. The first and the last
/// two are objects for the collector, null for none.
struct ReentrantLock : Value {
  std::atomic<Task *> owner;
  int64_t depth;                   // how often its owner has it
  std::atomic<int64_t> is_guarded; // held while `waiting` is looked at
  TaskList waiting;                // linked through Task::next_waiter
};

/// True when `self` has the lock now, perhaps once more than before.
bool try_lock(Task *self, ReentrantLock *lock);
/// Waits until `self` has the lock. Throws what `self` is scheduled with if that is an error; the lock is not
/// taken then. A thread that C started cannot park: it looks every now and then.
void take_lock(Task *self, ReentrantLock *lock);
/// Throws an ErrorException when `self` does not have it.
void leave_lock(Task *self, ReentrantLock *lock);

} // namespace jl
