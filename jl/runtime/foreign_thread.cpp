// SPDX-License-Identifier: MIT
#include "jl/runtime/foreign_thread.h"

#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <utility>

#include "jl/runtime/gc.h"
#include "jl/runtime/method.h"
#include "jl/runtime/runtime_lock.h"
#include "jl/runtime/signals.h"
#include "jl/runtime/threads.h"

namespace jl {

namespace {

/// The tasks of such threads. Nothing else need hold one while its thread runs C code.
class ForeignTasks {
public:
  void add(Task *task) {
    RuntimeLock lock(mutex_);
    if (!tasks_)
      tasks_ = gc_new<GcVector<Task *>>();
    tasks_->push_back(task);
  }
  void remove(Task *task) {
    RuntimeLock lock(mutex_);
    auto found = std::find(tasks_->begin(), tasks_->end(), task);
    *found = std::exchange(tasks_->back(), nullptr); // the room behind the last is scanned as well
    tasks_->pop_back();
  }

private:
  std::mutex mutex_;
  GcVector<Task *> *tasks_ = nullptr;
};
ForeignTasks foreign_tasks; // a root: the collector scans static data

/// What is undone when the thread ends.
struct Registration {
  Task *task = nullptr;
  std::optional<AlternateStack> alternate_stack;
  ~Registration() {
    if (!task)
      return;
    foreign_tasks.remove(task);
    set_current_task(nullptr);
    gc_unregister_thread();
  }
};
thread_local Registration registration;

struct StackBounds {
  char *lowest;
  size_t size;
};

StackBounds own_stack() {
  pthread_attr_t attributes;
  void *lowest = nullptr;
  size_t size = 0;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0)
    fatal_error("the system does not say where the stack of a thread that C started lies");
  pthread_attr_getstack(&attributes, &lowest, &size);
  pthread_attr_destroy(&attributes);
  return {static_cast<char *>(lowest), size};
}

} // namespace

Task *adopt_thread() {
  static std::atomic<int32_t> next_id{kFirstForeignThread};
  gc_register_thread();
  StackBounds stack = own_stack();
  Task *task = new_task(stack.lowest + stack.size, stack.size);
  // Such stacks are small beside our own: the runtime gets a quarter.
  task->true_stack_limit = stack.lowest + stack.size / 4;
  task->stack_limit = task->true_stack_limit;
  task->world = current_world();
  task->thread_id = next_id++;
  foreign_tasks.add(task);
  registration.task = task;
  registration.alternate_stack.emplace();
  set_current_task(task);
  return task;
}

} // namespace jl
