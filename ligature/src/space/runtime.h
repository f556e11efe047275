// SPDX-License-Identifier: MIT
//
// What a C library does per shared library and a symbol space has to do per space: functions to run at its
// end, and variables that each thread has for itself.
//
// Here is state of the process and of its threads, because the calls that reach it (__cxa_atexit, the
// emulated thread-locals) bring no more with them than an address of the space's. All functions on any
// thread.
#pragma once

#include "base/mutex.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace ligature {

/// A function to be run later, once.
struct ExitCall {
  void (*function)(void *) = nullptr;
  void *argument = nullptr;
};

/// One space's; its address is what the cell behind the space's __dso_handle holds.
class SpaceRuntime {
public:
  SpaceRuntime() = default;
  SpaceRuntime(const SpaceRuntime &) = delete;
  SpaceRuntime &operator=(const SpaceRuntime &) = delete;

  void at_exit(ExitCall call);
  /// First what this thread's thread-locals want, then the rest; last first, calls that are added meanwhile
  /// included.
  void run_exits();
  /// Frees all threads' copies of variables whose control block is the space's, and their exit calls, unrun.
  void drop_thread_locals(const std::function<bool(const void *)> &is_of_space);

private:
  Mutex mutex_;
  std::vector<ExitCall> exits_ GUARDED_BY(mutex_);
};

/// __cxa_atexit, __cxa_thread_atexit, __emutls_get_address; null for any other name. They find the space from
/// the handle they are called with: the address of a cell that holds its SpaceRuntime.
void *find_space_function(std::string_view name);

/// What `__emutls_v.NAME` has to be for a thread-local variable of a shared library: each thread reaches its
/// own copy there. Null if the process has no such variable. For ever, and the same for all spaces.
void *import_thread_local(const std::string &name);

/// Has `finalise` called by exit(), among the static objects' destructors, unless it is taken back first.
using ExitHook = std::function<void()>;
void add_exit_hook(const void *owner, ExitHook finalise);
void remove_exit_hook(const void *owner);

} // namespace ligature
