// SPDX-License-Identifier: MIT
#include "jl/engine/tracing.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "jl/lower/lower.h"
#include "jl/runtime/gc_events.h"
#include "jl/runtime/task.h"
#include "jl/runtime/threads.h"
#include "jl/support/trace.h"

namespace jl {

static void trace_collection(bool begins) {
  static TraceClock::time_point start; // one collection at a time
  if (begins)
    start = TraceClock::now();
  else
    trace_complete("gc", "", start, TraceClock::now());
}

/// Tasks that use the same stack one after the other share a row.
static const void *current_stack() {
  Task *task = current_task();
  return task ? task->stack_base : nullptr;
}

void start_trace(const std::string &path) {
  set_trace_stack(current_stack);
  if (int error = open_trace(path)) {
    std::fprintf(stderr, "lig: %s cannot be written: %s\n", path.c_str(), std::strerror(error));
    std::exit(1);
  }
  at_process_end(finish_trace);
  set_collection_hook(trace_collection);
}

CodeInfo *lower_pending_traced(Task *task, Method *method) {
  TraceSpan span("lower", [&] { return std::string(method->name.text()); });
  return lower_pending(task, method);
}

} // namespace jl
