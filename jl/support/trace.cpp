// SPDX-License-Identifier: MIT
#include "jl/support/trace.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>
#include <vector>

#include "jl/support/json.h"

namespace jl {

std::atomic<bool> is_tracing = false;

namespace {

constexpr std::string_view kHead = "{\"traceEvents\":[\n", kTail = "\n],\"displayTimeUnit\":\"ms\"}\n";
constexpr size_t kBatch =
    1 << 14; // events: writing 4096 took 3 ms, always within the same stage of a program
constexpr auto kWait = std::chrono::milliseconds(200);

struct Open {
  const void *frame;
  const char *stage;
  std::string what;
  TraceClock::time_point begin;
};

/// What has begun on one stack and was not told of its end: outer spans first, so frames descend.
struct Row {
  int64_t number; // the thread's, or one that no thread has
  std::vector<Open> spans;
};

const void *(*current_stack)() = nullptr;

/// By stack. Never destroyed: a thread's own objects are gone when exit handlers run.
std::map<const void *, Row> &rows() {
  thread_local auto *rows = new std::map<const void *, Row>;
  return *rows;
}

Row &current_row() {
  constexpr int64_t kMostThreads = int64_t(1) << 22; // the kernel's limit of thread numbers
  const void *stack = current_stack ? current_stack() : nullptr;
  thread_local constinit std::pair<const void *, Row *> last{nullptr, nullptr}; // rows stay where they are
  if (last.second && last.first == stack)
    return *last.second;
  auto found = rows().find(stack);
  if (found == rows().end()) {
    found = rows().insert({stack, Row{gettid() + int64_t(rows().size()) * kMostThreads, {}}}).first;
    found->second.spans.reserve(64);
  }
  last = {stack, &found->second};
  return found->second;
}

class TraceFile {
public:
  explicit TraceFile(int descriptor) : descriptor_(descriptor) {
    events_.resize(kBatch); // touches its pages now: else stages would be measured that wait for them
    events_.clear();
    text_ = kHead;
    text_ += "{\"name\":\"process_name\",\"ph\":\"M\",\"pid\":" + std::to_string(getpid()) +
             ",\"args\":{\"name\":\"lig\"}}";
    write_locked();
  }

  /// What is shown of it is written down later: stages around this one are being measured.
  void add(int64_t row, const char *stage, std::string what, TraceClock::time_point begin,
           TraceClock::time_point end) {
    std::lock_guard lock(mutex_);
    events_.push_back({row, stage, std::move(what), begin, end});
    if (events_.size() >= kBatch || end - written_ >= kWait)
      write_locked();
  }

  void write() {
    std::lock_guard lock(mutex_);
    write_locked();
  }

private:
  struct Event {
    int64_t row = 0;
    const char *stage = nullptr;
    std::string what;
    TraceClock::time_point begin, end;
  };

  static double microseconds(TraceClock::duration time) {
    return std::chrono::duration<double, std::micro>(time).count();
  }

  void write_locked() {
    written_ = TraceClock::now();
    bool is_mine = !failed_ && getpid() == process_; // a forked child leaves its parent's file alone
    for (const Event &event : events_)
      if (is_mine)
        print(event);
    events_.clear();
    if (!is_mine)
      return;
    size_t size = text_.size();
    text_ += kTail;
    if (pwrite(descriptor_, text_.data(), text_.size(), off_t(end_)) != ssize_t(text_.size())) {
      failed_ = true;
      std::fprintf(stderr, "warning: the trace is incomplete: its file cannot be written\n");
    }
    end_ += size;
    text_.clear();
  }

  void print(const Event &event) {
    char numbers[160];
    std::snprintf(numbers, sizeof numbers,
                  ",\n{\"name\":\"%s\",\"ph\":\"X\",\"pid\":%d,\"tid\":%" PRId64 ",\"ts\":%.3f,\"dur\":%.3f",
                  event.stage, process_, event.row, microseconds(event.begin - origin_),
                  microseconds(event.end - event.begin));
    text_ += numbers;
    text_ += event.what.empty() ? "}" : ",\"args\":{\"of\":" + json_string(event.what) + "}}";
  }

  const int descriptor_;
  const pid_t process_ = getpid();
  const TraceClock::time_point origin_ = TraceClock::now();
  std::mutex mutex_;
  std::vector<Event> events_; // not yet in the file
  std::string text_;          // of it what is being written
  size_t end_ = 0;            // where the file's closing brackets are
  TraceClock::time_point written_;
  bool failed_ = false;
};

TraceFile *trace_file = nullptr; // for ever: other threads may trace while the process ends

void close_newest(Row &row) {
  Open span = std::move(row.spans.back());
  row.spans.pop_back();
  TraceClock::time_point end = TraceClock::now();
  trace_file->add(row.number, span.stage, std::move(span.what), span.begin, end);
}

void close_all(Row &row) {
  while (!row.spans.empty())
    close_newest(row);
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
  for (auto &[stack, row] : rows())
    close_all(row);
  trace_file->write();
}

void set_trace_stack(const void *(*stack)()) {
  current_stack = stack;
}

void trace_begin(const char *stage, std::string what, const void *frame) {
  Row &row = current_row();
  while (!row.spans.empty() && row.spans.back().frame <= frame)
    close_newest(row);
  row.spans.push_back({frame, stage, std::move(what), TraceClock::now()});
}

void trace_end(const void *frame) {
  Row &row = current_row();
  while (!row.spans.empty() && row.spans.back().frame < frame)
    close_newest(row);
  if (!row.spans.empty() && row.spans.back().frame == frame)
    close_newest(row);
}

void trace_end_of_stack() {
  close_all(current_row());
}

void trace_complete(const char *stage, std::string what, TraceClock::time_point begin,
                    TraceClock::time_point end) {
  trace_file->add(current_row().number, stage, std::move(what), begin, end);
}

} // namespace jl
