// SPDX-License-Identifier: MIT
//
// The remote tier: a Redis or Valkey server that several machines share. It is asked when this machine has
// not got something, and given what was made here, by the writer's thread. It is trusted with nothing: every
// value is sealed (seal.h) for its place with a secret that the server need not know.
//
// One lookup may take as long as its budget and no longer. A server that did not answer in time, or not
// properly, is left alone for a second, then for two, up to a minute. One that answers, but has not got what
// is asked for, is asked no more once that has cost fifty budgets beyond the compile time that its hits have
// saved.
#pragma once

#include "cache/connection.h"
#include "cache/seal.h"
#include "cache/write_queue.h"

#include <atomic>
#include <memory>
#include <mutex>

namespace ligature::cache {

class Remote {
public:
  /// Null when there is none, or it cannot be used (that is told). Does not connect yet.
  static std::shared_ptr<Remote> open(const CacheOptions &options, std::shared_ptr<Reporter> reporter);

  bool can_write() const { return !read_only_; }
  std::optional<RemoteValue> get(const Place &place);
  /// In one round trip; calls `found` for what comes in ten times the budget.
  void get_many(std::span<const Place> places, const std::function<void(const Place &, RemoteValue)> &found);
  /// Entries as encode_entry makes them.
  void put(std::span<const NewEntry> entries, Deadline deadline);

private:
  /// A connection, and since when it is left alone. One for reading, one for writing: neither waits for the
  /// other.
  struct Lane {
    std::timed_mutex mutex;
    Connection connection;
    std::chrono::milliseconds pause{0};
    std::atomic<int64_t> retry_at{0}; ///< steady clock's count
  };
  Remote(const CacheOptions &options, Address address, std::shared_ptr<Reporter> reporter);
  bool converse(Lane &lane, std::span<const std::string> commands, Deadline deadline,
                const Connection::OnReply &on_reply);
  bool is_worth_asking() const { return fruitless_us_ < 50 * std::chrono::microseconds(budget_).count(); }
  void account(std::chrono::steady_clock::duration spent, const std::optional<RemoteValue> &value);
  void leave_alone(Lane &lane, const std::string &why);
  std::optional<RemoteValue> accept(const Place &place, const redisReply &reply);

  const SealKey key_;
  const bool read_only_;
  const uint64_t most_bytes_;
  const std::chrono::milliseconds budget_;
  const std::shared_ptr<Reporter> reporter_;
  Resolver resolver_;
  Lane reading_, writing_;
  std::atomic<int64_t> fruitless_us_{0}; ///< time that lookups took, less the time that their values saved
};

} // namespace ligature::cache
