// SPDX-License-Identifier: MIT
// For unit tests of the runtime (include gtest first): TESTs whose body runs as a program does, on a big
// stack with a task, Core booted.
#pragma once

#include <string>
#include <thread>
#include <utility>

#include "jl/runtime/boot.h"
#include "jl/runtime/error_text.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/method.h"
#include "jl/runtime/module.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/task.h"
#include "jl/runtime/threads.h"
#include "jl/runtime/values.h"

namespace jl::test {

/// Runs `body` on a thread of its own; the first call boots the runtime.
inline void run_in_runtime(void (*body)(Task *)) {
  auto on_stack = [](void *argument) {
    static bool booted = (boot_runtime(), true);
    (void)booted;
    current_task()->world = current_world();
    reinterpret_cast<void (*)(Task *)>(argument)(current_task());
    return 0;
  };
  run_on_big_stack(size_t(64) << 20, on_stack, reinterpret_cast<void *>(body));
}

/// Runs `body(task)` on a new thread with a task of its own, in the newest world.
template <class Body> std::thread thread_with_task(Body body) {
  return std::thread([body = std::move(body)]() mutable {
    gc_register_thread();
    Task *mine = new_task(__builtin_frame_address(0), size_t(1) << 20), *before = current_task();
    mine->world = current_world();
    set_current_task(mine);
    body(mine);
    set_current_task(before);
    gc_unregister_thread();
  });
}

/// The message of the Julia exception that `body` throws; "" when it throws none.
template <class Body> std::string thrown(Task *task, Body body) {
  Handler handler;
  if (TRY_ENTER(task, handler)) {
    body();
    handler_leave(task, &handler);
    return "";
  }
  std::string text = error_text(current_exception(task));
  pop_exception(task, handler.exception_depth);
  return text;
}

} // namespace jl::test

#define RUNTIME_TEST(suite, name)                                                                            \
  static void suite##_##name(jl::Task *task);                                                                \
  TEST(suite, name) {                                                                                        \
    jl::test::run_in_runtime(suite##_##name);                                                                \
  }                                                                                                          \
  static void suite##_##name([[maybe_unused]] jl::Task *task)
