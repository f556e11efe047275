// SPDX-License-Identifier: MIT
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <ctime>
#include <malloc.h>
#include <sched.h>
#include <sys/random.h>
#include <unistd.h>

#include "jl/runtime/c_function.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/scheduler.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/threads.h"
#include "jl/runtime/values.h"

using namespace jl;

C_EXPORT void jl_exit(int32_t status) {
  end_process(status);
}

C_EXPORT uint64_t jl_time_ns() {
  return uint64_t(monotonic_nanoseconds());
}

C_EXPORT double jl_time() {
  timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  return double(t.tv_sec) + double(t.tv_nsec) * 1e-9;
}

C_EXPORT Value *jl_getenv(Value *name) {
  const char *value = getenv(static_cast<String *>(name)->data);
  return value ? new_string(current_task(), value) : nothing_value();
}

C_EXPORT int32_t jl_setenv(Value *name, Value *value) {
  return setenv(static_cast<String *>(name)->data, static_cast<String *>(value)->data, /*overwrite=*/1);
}

C_EXPORT int32_t jl_unsetenv(Value *name) {
  return unsetenv(static_cast<String *>(name)->data);
}
C_EXPORT int64_t jl_getpid() {
  return getpid();
}

C_EXPORT Value *jl_cwd() {
  char path[PATH_MAX];
  return getcwd(path, sizeof path) ? new_string(current_task(), path) : nothing_value();
}

C_EXPORT int32_t jl_chdir(Value *path) {
  return chdir(static_cast<String *>(path)->data);
}

C_EXPORT int64_t jl_cpu_count() {
  cpu_set_t set;
  return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

C_EXPORT void jl_random_bytes(char *p, size_t n) {
  while (n > 0) {
    ssize_t got = getrandom(p, n, 0);
    if (got < 0 && errno != EINTR)
      throw_error(current_task(), "the system gives no random bytes");
    if (got > 0) {
      p += got;
      n -= size_t(got);
    }
  }
}

/// A program that asks for a full collection wants to have its memory back: what is free goes to the system,
/// the C library's memory (syntax of evaluated expressions, tables) with it.
C_EXPORT void jl_gc_collect(int32_t full) {
  if (!full)
    return GC_gcollect();
  GC_gcollect_and_unmap();
  malloc_trim(0);
}
C_EXPORT int64_t jl_gc_total_bytes() {
  return int64_t(GC_get_total_bytes());
}
C_EXPORT int32_t jl_gc_enable(int32_t enable) {
  bool was_enabled = !GC_is_disabled();
  if (enable && !was_enabled)
    GC_enable();
  else if (!enable && was_enabled)
    GC_disable();
  return was_enabled;
}
