// SPDX-License-Identifier: MIT
#include "jl/support/trace.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <vector>

namespace jl {

std::atomic<bool> is_tracing = false;

namespace {

constexpr std::string_view kHead = "{\"traceEvents\":[\n", kTail = "\n],\"displayTimeUnit\":\"ms\"}\n";
constexpr size_t kBatch = 1 << 16;
constexpr auto kWait = std::chrono::milliseconds(200);

struct Open {
  const void *frame;
  const char *stage;
  std::string what;
  TraceClock::time_point begin;
};

/// What has begun on this thread and was not told of its end: outer spans first, so frames descend. Never destroyed:
/// a thread's own objects are gone when exit handlers run.
std::vector<Open> &open_spans() {
  thread_local auto *spans = new std::vector<Open>;
  return *spans;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (unsigned char c : text)
    if (c == '"' || c == '\\')
      out += {'\\', char(c)};
    else if (c < 0x20) {
      char code[8];
      std::snprintf(code, sizeof code, "\\u%04x", c);
      out += code;
    } else
      out += char(c);
  return out + "\"";
}

class TraceFile {
public:
  explicit TraceFile(int descriptor) : descriptor_(descriptor) {
    events_ = kHead;
    events_ += "{\"name\":\"process_name\",\"ph\":\"M\",\"pid\":" + std::to_string(getpid()) +
               ",\"args\":{\"name\":\"lig\"}}";
    write_locked();
  }

  void add(const char *stage, std::string_view what, TraceClock::time_point begin, TraceClock::time_point end) {
    char numbers[160];
    std::snprintf(numbers, sizeof numbers,
                  ",\n{\"name\":\"%s\",\"ph\":\"X\",\"pid\":%d,\"tid\":%d,\"ts\":%.3f,\"dur\":%.3f", stage, getpid(),
                  gettid(), microseconds(begin - origin_), microseconds(end - begin));
    std::string event = numbers;
    event += what.empty() ? "}" : ",\"args\":{\"of\":" + quoted(what) + "}}";
    std::lock_guard lock(mutex_);
    events_ += event;
    if (events_.size() >= kBatch || end - written_ >= kWait)
      write_locked();
  }

  void write() {
    std::lock_guard lock(mutex_);
    write_locked();
  }

private:
  static double microseconds(TraceClock::duration time) {
    return std::chrono::duration<double, std::micro>(time).count();
  }

  void write_locked() {
    written_ = TraceClock::now();
    if (failed_ || getpid() != process_) // a forked child leaves its parent's file alone
      return;
    size_t size = events_.size();
    events_ += kTail;
    if (pwrite(descriptor_, events_.data(), events_.size(), off_t(end_)) != ssize_t(events_.size())) {
      failed_ = true;
      std::fprintf(stderr, "warning: the trace is incomplete: its file cannot be written\n");
    }
    end_ += size;
    events_.clear();
  }

  const int descriptor_;
  const pid_t process_ = getpid();
  const TraceClock::time_point origin_ = TraceClock::now();
  std::mutex mutex_;
  std::string events_;  // not yet in the file
  size_t end_ = 0;      // where the file's closing brackets are
  TraceClock::time_point written_;
  bool failed_ = false;
};

TraceFile *trace_file = nullptr; // for ever: other threads may trace while the process ends

void close_span() {
  Open span = std::move(open_spans().back());
  open_spans().pop_back();
  trace_file->add(span.stage, span.what, span.begin, TraceClock::now());
}

} // namespace

int open_trace(const std::string &path) {
  int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0)
    return errno;
  trace_file = new TraceFile(descriptor);
  is_tracing = true;
  return 0;
}

void finish_trace() {
  while (!open_spans().empty())
    close_span();
  trace_file->write();
}

void trace_begin(const char *stage, std::string what, const void *frame) {
  while (!open_spans().empty() && open_spans().back().frame <= frame)
    close_span();
  open_spans().push_back({frame, stage, std::move(what), TraceClock::now()});
}

void trace_end(const void *frame) {
  while (!open_spans().empty() && open_spans().back().frame < frame)
    close_span();
  if (!open_spans().empty() && open_spans().back().frame == frame)
    close_span();
}

void trace_complete(const char *stage, std::string what, TraceClock::time_point begin, TraceClock::time_point end) {
  trace_file->add(stage, what, begin, end);
}

} // namespace jl
