// SPDX-License-Identifier: MIT
#include "cache/write_queue.h"

#include "cache/remote.h"

#include <pthread.h>

#include <algorithm>
#include <csignal>
#include <deque>
#include <thread>

namespace ligature::cache {

namespace {
using Clock = std::chrono::steady_clock;
constexpr uint64_t kBatchBytes = 4 << 20;
constexpr size_t kBatchEntries = 512;
constexpr uint64_t kMostShared = 32 << 20;
constexpr auto kGather = std::chrono::milliseconds(5);        // what is put in a row goes in one batch
constexpr auto kLockPatience = std::chrono::milliseconds(50); // then we look whether we should end
constexpr int kLockAttempts = 100;
constexpr size_t kMostNotes = 10000;
constexpr size_t kMostMessages = 50, kLongestMessage = 500;
} // namespace

void Reporter::tell(const std::string &message) {
  // Part of it may come from a server: it must not write to somebody's terminal what it likes, or as much as
  // it likes.
  std::string text = message.substr(0, kLongestMessage);
  std::ranges::replace_if(text, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; }, '?');
  Guard guard(mutex_);
  if (!say || silent_ || told_.size() >= kMostMessages || std::ranges::find(told_, text) != told_.end())
    return;
  told_.push_back(text);
  say("cache: " + text);
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
  std::vector<NewEntry> take_shared_batch() REQUIRES(mutex);
  void write_local(std::span<const NewEntry> entries);
  void write_remote(std::span<const NewEntry> entries);
  void share(std::vector<NewEntry> entries) REQUIRES(mutex);
  void write_notes(std::vector<Place> touched, std::vector<Place> removed);
  Deadline patience();
  bool is_ending();
  void drop_rest() REQUIRES(mutex);

  const Targets targets;
  Mutex mutex;
  Condition changed, idle;
  std::deque<Put> puts GUARDED_BY(mutex);
  std::vector<Place> touched GUARDED_BY(mutex), removed GUARDED_BY(mutex);
  std::deque<NewEntry> shared GUARDED_BY(mutex); ///< written here, and to go to the remote tier
  uint64_t bytes GUARDED_BY(mutex) = 0, shared_bytes GUARDED_BY(mutex) = 0;
  bool running GUARDED_BY(mutex) = false, closed GUARDED_BY(mutex) = false,
               abandoned GUARDED_BY(mutex) = false;
  Deadline end GUARDED_BY(mutex) = Deadline::max();
};

WriteQueue::WriteQueue(Targets targets) : state_(std::make_shared<State>(std::move(targets))) {}

WriteQueue::~WriteQueue() {
  finish(Clock::now());
}

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
  targets.reporter->counters.dropped_writes += puts.size() + shared.size();
  puts.clear();
  shared.clear();
  touched.clear();
  removed.clear();
  bytes = shared_bytes = 0;
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
  while (puts.empty() && shared.empty() && removed.empty() && !closed)
    changed.wait(guard);
  if (!closed && shared.empty())
    (void)changed.wait_until(guard, Clock::now() + kGather);
  bool has_work = !puts.empty() || !shared.empty() || !touched.empty() || !removed.empty();
  return has_work && !abandoned && Clock::now() < end;
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

/// Drops what is more than the remote tier keeps up with.
void WriteQueue::State::share(std::vector<NewEntry> entries) {
  for (NewEntry &entry : entries) {
    if (shared_bytes + entry.bytes.size() > kMostShared) {
      ++targets.reporter->counters.dropped_writes;
      continue;
    }
    shared_bytes += entry.bytes.size();
    shared.push_back(std::move(entry));
  }
}

std::vector<NewEntry> WriteQueue::State::take_shared_batch() {
  std::vector<NewEntry> batch;
  uint64_t sum = 0;
  while (!shared.empty() && batch.size() < kBatchEntries && sum < kBatchBytes) {
    sum += shared.front().bytes.size();
    batch.push_back(std::move(shared.front()));
    shared.pop_front();
  }
  shared_bytes -= sum;
  return batch;
}

void WriteQueue::State::work() {
  pthread_setname_np(pthread_self(), "cache-writer");
  Guard guard(mutex);
  while (gather(guard)) {
    std::vector<NewEntry> local, to_share, remote;
    for (Put &put : take_batch()) {
      if (targets.remote && put.reach == Reach::Everywhere)
        to_share.push_back(put.entry);
      local.push_back(std::move(put.entry));
    }
    if (local.empty()) // this machine first: no server holds it up
      remote = take_shared_batch();
    std::vector<Place> used = std::exchange(touched, {}), bad = std::exchange(removed, {});
    guard.unlock();
    // Removals first: what is damaged may just be written anew.
    write_notes(std::move(used), std::move(bad));
    write_local(local);
    write_remote(remote);
    guard.lock();
    share(std::move(to_share));
  }
  drop_rest();
  running = false;
  closed = true;
  idle.notify_all();
}

void WriteQueue::State::write_remote(std::span<const NewEntry> entries) {
  if (entries.empty())
    return;
  Deadline limit = [this] {
    Guard guard(mutex);
    return end;
  }();
  targets.remote->put(entries, std::min(limit, Clock::now() + std::chrono::seconds(1)));
}

void WriteQueue::State::write_local(std::span<const NewEntry> entries) {
  CacheCounters &counters = targets.reporter->counters;
  if (!targets.local || entries.empty())
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
