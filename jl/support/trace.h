// SPDX-License-Identifier: MIT
// What the program spent its time on, as a file that chrome://tracing and Perfetto open: `--trace=FILE`.
//
// Every stage that takes time opens a TraceSpan. When nothing is traced that is one look at a flag.
//
// The file is an object {"traceEvents": [...]} of complete events ("ph":"X", times in microseconds), on disk
// whole after every write: each batch of events is written over the closing brackets and brings its own. So
// it is valid JSON however the process ends.
//
// A throw runs no destructors, so a span may never be told of its end. It lies in a frame of the stack,
// though: a span that begins in a frame no deeper than another's shows that the other's frame is gone. That
// holds within one stack: a program that switches between several on one thread says which one it is on, and
// each has a row of its own.
#pragma once

#include <atomic>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace jl {

using TraceClock = std::chrono::steady_clock;

/// Begins the file; 0, or the errno that says why not. Once, before other threads run.
int open_trace(const std::string &path);
/// For the end of the process: closes what is open on this thread and writes what is left.
void finish_trace();

/// `stack` tells the stack that the calling thread is on, by anything that stays as it is; null: the thread's
/// only one. Before open_trace.
void set_trace_stack(const void *(*stack)());

extern std::atomic<bool> is_tracing; // one, for both halves of the program

/// Any thread. `frame` is an address in the caller's frame; `what` says what the stage is busy with.
void trace_begin(const char *stage, std::string what, const void *frame);
void trace_end(const void *frame);
/// Closes what is open on the calling thread's stack: nothing of it goes on.
void trace_end_of_stack();
/// Something that is over. `stage` must live for ever.
void trace_complete(const char *stage, std::string what, TraceClock::time_point begin,
                    TraceClock::time_point end);

/// A stage of the work, for as long as it lives. A local variable, nothing else.
class TraceSpan {
public:
  /// `what()` gives a string, and is asked only when something is traced. What is not `wanted` is left out.
  template <class What>
  TraceSpan(const char *stage, What what, bool wanted = true)
      : on_(is_tracing.load(std::memory_order_relaxed) && wanted) {
    if (on_) [[unlikely]]
      trace_begin(stage, what(), this);
  }
  ~TraceSpan() {
    if (on_) [[unlikely]]
      trace_end(this);
  }
  TraceSpan(const TraceSpan &) = delete;
  TraceSpan &operator=(const TraceSpan &) = delete;

private:
  bool on_;
};

} // namespace jl
