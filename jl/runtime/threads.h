// SPDX-License-Identifier: MIT
// The threads that run tasks: the program's own, which is made first and has a large stack, and the other
// workers. What workers do is the scheduler's (scheduler.h); threads that C starts are in foreign_thread.h.
// And the process's end, which has to know of them all.
#pragma once

#include <cstddef>
#include <cstdint>

namespace jl {

inline constexpr size_t kDefaultStackBytes = size_t(256) << 20;

/// Runs `function(argument)` on a new thread with a stack of `bytes` (reserved, not committed), registered
/// with the collector and with a running task; returns its result. SIGINT goes to that thread. Ends the
/// process when there is no such thread to be had.
int run_on_big_stack(size_t bytes, int (*function)(void *), void *argument);

/// Starts workers 1 to n-1, n being at most kFirstForeignThread. Once, on the program's thread, when the
/// language has started. Ends the process when there are no threads to be had.
void start_workers(int32_t n);

/// Ends the process as `exit` does. Where other threads run the program the static objects stay, which they
/// may be using.
[[noreturn]] void end_process(int status);
/// Calls `function` at the process's end, whoever ends it.
void at_process_end(void (*function)());
/// For a function of at_process_end: a thread is left that nobody can wait for. Once all these functions were
/// called the process is gone; nothing that the thread may be using, static objects and libraries, is taken
/// down before.
void leave_thread_behind();

/// Where this thread's signals are handled, so that the end of its stack can be told. A thread that has one
/// keeps its own.
class AlternateStack {
public:
  AlternateStack();
  ~AlternateStack();
  AlternateStack(const AlternateStack &) = delete;
  AlternateStack &operator=(const AlternateStack &) = delete;

private:
  void *memory_ = nullptr; // null: the thread has another
};

} // namespace jl
