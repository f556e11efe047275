// SPDX-License-Identifier: MIT
//
// What is to be written, and the thread that writes it: started by the first entry, it takes what has
// gathered and hands it to the stores in batches, so that their locks are taken once for many. Bounded in
// bytes and entries; what does not fit is dropped and counted, nobody waits. What goes to the remote tier
// goes after all that stays here.
//
// The thread is detached and holds all that it uses: a disk that hangs cannot hold up the end of the program.
#pragma once

#include "base/mutex.h"
#include "cache/store.h"

#include <functional>
#include <memory>

namespace ligature::cache {

class Remote;

/// The counters of a cache, and what it tells people; shared with the thread.
struct Reporter {
  CacheCounters counters;
  std::function<void(std::string_view)> say;

  /// Each message once, with "cache: " before it; at most fifty.
  void tell(const std::string &message);
  /// The same, counted as an error.
  void fail(const std::string &message);
  /// From now on nobody is told: whoever listens goes away.
  void silence();

private:
  Mutex mutex_;
  bool silent_ GUARDED_BY(mutex_) = false;
  std::vector<std::string> told_ GUARDED_BY(mutex_);
};

/// Where what is written goes; `remote` may be null.
struct Targets {
  std::shared_ptr<Store> local;
  std::shared_ptr<Remote> remote;
  std::shared_ptr<Reporter> reporter;
};

class WriteQueue {
public:
  static constexpr uint64_t kMostBytes = uint64_t{64} << 20;
  static constexpr size_t kMostEntries = 20000;

  explicit WriteQueue(Targets targets);
  /// Nothing of what is waiting is written any more.
  ~WriteQueue();

  enum class Reach : uint8_t { Everywhere, LocalOnly };
  void put(NewEntry entry, Reach reach);
  void touch(const Place &place);
  void remove(const Place &place);
  /// See Cache::finish.
  void finish(Deadline deadline);

  struct State; // shared with the thread
private:
  std::shared_ptr<State> state_;
};

} // namespace ligature::cache
