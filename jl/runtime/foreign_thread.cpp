// SPDX-License-Identifier: MIT
#include "jl/runtime/foreign_thread.h"

#include <pthread.h>

#include "jl/runtime/gc.h"
#include "jl/runtime/method.h"

namespace jl {

namespace {

/// Lets the collector forget a thread that ends.
struct Registration {
  bool is_active = false;
  ~Registration() {
    if (is_active)
      gc_unregister_thread();
  }
};
thread_local Registration registration;

} // namespace

Task *adopt_thread() {
  gc_register_thread();
  registration.is_active = true;
  pthread_attr_t attributes;
  void *lowest = nullptr;
  size_t size = 0;
  pthread_getattr_np(pthread_self(), &attributes);
  pthread_attr_getstack(&attributes, &lowest, &size);
  pthread_attr_destroy(&attributes);
  Task *task = new_task(static_cast<char *>(lowest) + size, size);
  // Such stacks are small beside our own: the runtime gets a quarter.
  task->true_stack_limit = static_cast<char *>(lowest) + size / 4;
  task->stack_limit = task->true_stack_limit;
  task->world = current_world();
  set_current_task(task);
  return task;
}

} // namespace jl
