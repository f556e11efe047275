// SPDX-License-Identifier: MIT
#include "cache/write_queue.h"

#include "cache/remote.h"

#include <pthread.h>

#include <algorithm>
#include <csignal>
#include <thread>

namespace ligature::cache {

namespace {
using Clock = std::chrono::steady_clock;
constexpr uint64_t kBatchBytes = 4 << 20;
constexpr size_t kBatchEntries = 512;
constexpr auto kGather = std::chrono::milliseconds(5);      // what is put in a row goes in one batch
constexpr auto kLockPatience = std::chrono::milliseconds(50); // then we look whether we should end
constexpr int kLockAttempts = 100;
constexpr size_t kMostNotes = 10000;
} // namespace

void Reporter::tell(const std::string &message) {
  Guard guard(mutex_);
  if (!say || silent_ || std::ranges::find(told_, message) != told_.end())
    return;
  told_.push_back(message);
  say("cache: " + message);
}

void Reporter::fail(const std::string &message) {
  ++counters.errors;
  tell(message);
}

void Reporter::silence() {
  Guard guard(mutex_);
  silent_ = true;
}

struct WriteQueue::State {
  struct Put {
    NewEntry entry;
    Reach reach;
  };
  explicit State(Targets targets) : targets(std::move(targets)) {}

  void start_locked(const std::shared_ptr<State> &self) REQUIRES(mutex);
  void work();
  bool gather(Guard &guard) REQUIRES(mutex);
  std::vector<Put> take_batch() REQUIRES(mutex);
  void write(std::vector<Put> batch);
  void write_local(std::span<const NewEntry> entries);
  void write_notes(std::vector<Place> touched, std::vector<Place> removed);
  Deadline patience();
  bool is_ending();
  void drop_rest() REQUIRES(mutex);

  const Targets targets;
  Mutex mutex;
  Condition changed, idle;
  std::deque<Put> puts GUARDED_BY(mutex);
  std::vector<Place> touched GUARDED_BY(mutex), removed GUARDED_BY(mutex);
  uint64_t bytes GUARDED_BY(mutex) = 0;
  bool running GUARDED_BY(mutex) = false, closed GUARDED_BY(mutex) = false, abandoned GUARDED_BY(mutex) = false;
  Deadline end GUARDED_BY(mutex) = Deadline::max();
};

WriteQueue::WriteQueue(Targets targets) : state_(std::make_shared<State>(std::move(targets))) {}

WriteQueue::~WriteQueue() { finish(Clock::now()); }

/// Sees to it that the thread runs.
void WriteQueue::State::start_locked(const std::shared_ptr<State> &self) {
  if (running)
    return;
  // The program's signals are for its own threads.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  try {
    std::thread([self] { self->work(); }).detach();
    running = true;
  } catch (const std::system_error &) {
    closed = true; // no thread to be had: this process writes nothing
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

void WriteQueue::put(NewEntry entry, Reach reach) {
  State &state = *state_;
  Guard guard(state.mutex);
  if (state.closed || state.puts.size() >= kMostEntries || state.bytes + entry.bytes.size() > kMostBytes) {
    ++state.targets.reporter->counters.dropped_writes;
    return;
  }
  state.bytes += entry.bytes.size();
  state.puts.push_back({std::move(entry), reach});
  state.start_locked(state_);
  state.changed.notify_one();
}

void WriteQueue::touch(const Place &place) {
  Guard guard(state_->mutex);
  if (state_->closed || state_->touched.size() >= kMostNotes)
    return;
  state_->touched.push_back(place);
  state_->start_locked(state_);
}

void WriteQueue::remove(const Place &place) {
  Guard guard(state_->mutex);
  if (state_->closed || state_->removed.size() >= kMostNotes)
    return;
  state_->removed.push_back(place);
  state_->start_locked(state_);
  state_->changed.notify_one();
}

void WriteQueue::finish(Deadline deadline) {
  State &state = *state_;
  Guard guard(state.mutex);
  state.closed = true;
  state.end = std::min(state.end, deadline);
  state.changed.notify_one();
  while (state.running && !state.abandoned && state.idle.wait_until(guard, deadline))
    ;
  state.abandoned = true;
  state.drop_rest();
}

void WriteQueue::State::drop_rest() {
  targets.reporter->counters.dropped_writes += puts.size();
  puts.clear();
  touched.clear();
  removed.clear();
  bytes = 0;
}

bool WriteQueue::State::is_ending() {
  Guard guard(mutex);
  return closed || abandoned;
}

/// Until when to wait for another process's lock.
Deadline WriteQueue::State::patience() {
  Guard guard(mutex);
  return std::min(end, Clock::now() + kLockPatience);
}

/// Waits for something to do; false when there will be nothing more.
bool WriteQueue::State::gather(Guard &guard) {
  // Times of use and removals wait for the end, or for something to be written.
  while (puts.empty() && removed.empty() && !closed)
    changed.wait(guard);
  if (!closed)
    (void)changed.wait_until(guard, Clock::now() + kGather);
  return !abandoned && Clock::now() < end && (!puts.empty() || !touched.empty() || !removed.empty());
}

std::vector<WriteQueue::State::Put> WriteQueue::State::take_batch() {
  std::vector<Put> batch;
  uint64_t sum = 0;
  while (!puts.empty() && batch.size() < kBatchEntries && sum < kBatchBytes) {
    sum += puts.front().entry.bytes.size();
    batch.push_back(std::move(puts.front()));
    puts.pop_front();
  }
  bytes -= sum;
  return batch;
}

void WriteQueue::State::work() {
  pthread_setname_np(pthread_self(), "cache-writer");
  Guard guard(mutex);
  while (gather(guard)) {
    std::vector<Put> batch = take_batch();
    std::vector<Place> used = std::exchange(touched, {}), bad = std::exchange(removed, {});
    guard.unlock();
    // Removals first: what is damaged may just be written anew.
    write_notes(std::move(used), std::move(bad));
    if (!batch.empty())
      write(std::move(batch));
    guard.lock();
  }
  drop_rest();
  running = false;
  closed = true;
  idle.notify_all();
}

void WriteQueue::State::write(std::vector<Put> batch) {
  std::vector<NewEntry> all, shared;
  for (Put &put : batch) {
    if (targets.remote && put.reach == Reach::Everywhere)
      shared.push_back(put.entry);
    all.push_back(std::move(put.entry));
  }
  write_local(all);
  if (shared.empty())
    return;
  Deadline limit = [this] {
    Guard guard(mutex);
    return end;
  }();
  targets.remote->put(shared, std::min(limit, Clock::now() + std::chrono::seconds(1)));
}

void WriteQueue::State::write_local(std::span<const NewEntry> entries) {
  CacheCounters &counters = targets.reporter->counters;
  if (!targets.local)
    return;
  WriteResult result;
  for (int attempt = 0; attempt < kLockAttempts; ++attempt) {
    result = targets.local->write(entries, patience());
    if (!result.busy || (is_ending() && Clock::now() >= patience()))
      break;
  }
  if (result.busy)
    result.dropped = entries.size();
  counters.writes += result.written;
  counters.dropped_writes += result.dropped;
  counters.evictions += result.evictions;
  if (result.errors) {
    counters.errors += result.errors;
    targets.reporter->tell(result.problem);
  }
}

void WriteQueue::State::write_notes(std::vector<Place> used, std::vector<Place> bad) {
  if (!targets.local)
    return;
  if (!bad.empty())
    targets.local->remove(bad, patience());
  if (!used.empty())
    targets.local->touch(used, patience());
}

} // namespace ligature::cache
