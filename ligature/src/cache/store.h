// SPDX-License-Identifier: MIT
//
// Keys and bytes, kept: what the cache asks of whatever holds its entries on this machine. There are two of
// them, the pack (pack_store.h), which is what one gets, and one file per entry (file_store.h), for where the
// pack's locking cannot be relied upon. Reading is for any thread; writing is for one thread of the process
// at a time (the writer's), beside any number of other processes.
#pragma once

#include "cache/entry.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ligature::cache {

struct Found {
  CacheValue value;
  Header header;
  bool stale_use = false; ///< its time of use is so old, or so wrong, that it should be written anew
};

enum class Trouble : uint8_t {
  None,    ///< it is just not there
  Damaged, ///< something was there and was not whole
};

struct ReadResult {
  std::optional<Found> found;
  Trouble trouble = Trouble::None;
};

/// A whole entry, as encode_entry makes it.
struct NewEntry {
  Place place;
  std::vector<std::byte> bytes;
};

struct WriteResult {
  uint64_t written = 0; ///< what was there already, the very same, among them
  uint64_t dropped = 0;
  uint64_t errors = 0;
  uint64_t evictions = 0;
  bool busy = false;   ///< others held the lock all the time: nothing was done, it may be tried again
  std::string problem; ///< for people; empty when there was none
};

struct EntryInfo {
  Place place;
  uint32_t length = 0, cost_us = 0;
  uint32_t used = 0;    ///< minutes since 1970
  bool damaged = false; ///< then nothing else need be true
};

struct Usage {
  uint64_t entries = 0;
  uint64_t disk_bytes = 0; ///< files, indexes and what is dead in them included
};

using Deadline = std::chrono::steady_clock::time_point;

class Store {
public:
  virtual ~Store() = default;
  /// "pack", "files".
  virtual std::string kind() const = 0;

  virtual ReadResult read(const Place &place) = 0;
  /// Keeps the entries, making room first; waits for the lock of other processes until `deadline`.
  virtual WriteResult write(std::span<const NewEntry> entries, Deadline deadline) = 0;
  /// Notes that these were used now. Best effort.
  virtual void touch(std::span<const Place> places, Deadline deadline) = 0;
  virtual void remove(std::span<const Place> places, Deadline deadline) = 0;

  /// Every entry, checked as far as `value` asks: its header only, or all its bytes. In no order.
  enum class Check : uint8_t { Header, Value };
  virtual void visit(Check check, const std::function<void(const EntryInfo &)> &visit) = 0;
  virtual Usage usage() = 0;
  /// Removes what `which` says of entries checked as far as `check` asks, and gives its room back. False when
  /// the lock was not to be had.
  virtual bool remove_if(Check check, const std::function<bool(const EntryInfo &)> &which, Deadline deadline,
                         uint64_t &removed) = 0;
  /// Evicts until no more than `bytes` are used.
  virtual WriteResult shrink(uint64_t bytes, Deadline deadline) = 0;
  virtual bool clear(Deadline deadline) = 0;
};

/// Age from which on a time of use is written anew: coarse, so that a warm run hardly ever writes.
constexpr uint32_t kStaleUseMinutes = 6 * 60;

/// Also when the clock was ahead when it was written.
inline bool is_stale(uint32_t used, uint32_t now) {
  return used > now ? used - now > kStaleUseMinutes : now - used > kStaleUseMinutes;
}

/// What an entry is worth per byte: dear ones and young ones are kept. A time in the future counts as now.
inline double worth(uint32_t bytes, uint32_t cost_us, uint32_t used, uint32_t now) {
  double age_days = used > now ? 0 : double(now - used) / (24 * 60);
  return (double(cost_us) + 1) / (double(bytes) + 1) / (1 + age_days);
}

/// A shared buffer for an entry of `bytes`, aligned so that the value (after the header) is aligned to 16.
struct Buffer {
  std::shared_ptr<void> holder;
  std::span<std::byte> bytes;
};
Buffer make_buffer(size_t bytes);

} // namespace ligature::cache
