// SPDX-License-Identifier: MIT
//
// The object cache: bytes under keys, kept from one process to the next and, with a remote tier, from one
// machine to the next. What the bytes mean is the caller's business; the cache promises that what it gives
// back under a key is what somebody put there, whole, or that it gives back nothing.
//
// A cache is never in the way. Whatever is wrong with it (a folder that cannot be written, a damaged file, a
// server that does not answer) is a counted miss: no function here fails, throws or waits for long. Any
// thread.
#pragma once

#include "ligature/version.h"

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace ligature {

/// SHA-256 of everything that decides what the value is.
using CacheKey = std::array<uint8_t, 32>;

enum class CacheMode : uint8_t {
  Off,      ///< finds nothing, keeps nothing
  On,       ///< reads and writes
  ReadOnly, ///< reads
  Verify,   ///< reads and writes; whoever finds something makes it anew all the same and compares
};

enum class CacheStore : uint8_t {
  Auto,  ///< the pack, but one file per entry on network file systems and where there are no locks
  Pack,  ///< all in a few files
  Files, ///< one file per entry
};

struct CacheOptions {
  CacheMode mode = CacheMode::On;
  /// Empty: $LIGATURE_CACHE_DIR, else $XDG_CACHE_HOME/ligature, else ~/.cache/ligature. Several, separated by
  /// colons: the first is written, the others are only looked into when the ones before have not got
  /// something.
  std::string folder;
  CacheStore store = CacheStore::Auto;
  /// Bound for what the local store holds.
  uint64_t size_bytes = uint64_t{1} << 30;
  /// "redis://host[:port][/db]" or "unix:///path"; empty: no remote tier.
  std::string remote;
  /// Shared by everybody who may write there; without it the remote tier is off, and that is said.
  std::string remote_secret;
  bool remote_read_only = false;
  std::chrono::milliseconds remote_budget{20};    ///< for one lookup; afterwards the session goes on without
  uint64_t remote_most_bytes = uint64_t{8} << 20; ///< larger values neither go there nor come from there
  /// Told once of each thing that a person may want to know. Any thread, one call at a time; must not use the
  /// cache.
  std::function<void(std::string_view)> say;
};

/// `defaults` with what the environment says: LIGATURE_CACHE (on, off, readonly, verify), LIGATURE_CACHE_DIR,
/// LIGATURE_CACHE_SIZE (bytes, or with K, M, G, T), LIGATURE_CACHE_STORE (auto, pack, files),
/// LIGATURE_CACHE_REMOTE, LIGATURE_CACHE_REMOTE_MODE (write, readonly), LIGATURE_CACHE_REMOTE_BUDGET
/// (milliseconds) and LIGATURE_CACHE_SECRET or, better, ..._SECRET_FILE. The error names the variable and
/// what it may be. With `mode`, what a command line says, LIGATURE_CACHE is not looked at.
LIGATURE_API std::expected<CacheOptions, std::string>
cache_options_from_environment(CacheOptions defaults = {}, std::optional<CacheMode> mode = {});

/// "on", "off", "readonly", "verify".
LIGATURE_API std::optional<CacheMode> parse_cache_mode(std::string_view text);
/// "1000000", "512M", "2GiB": bytes.
LIGATURE_API std::optional<uint64_t> parse_cache_size(std::string_view text);

/// Where something is kept.
struct CachePlace {
  std::string_view space;
  CacheKey key;
};

/// Counters. Never decreasing.
struct CacheCounters {
  std::atomic<uint64_t> hits{0};        ///< lookups that found something, of every namespace
  std::atomic<uint64_t> misses{0};      ///< lookups that found nothing, damaged entries among them
  std::atomic<uint64_t> errors{0};      ///< things that went wrong: each counted once, none of them fatal
  std::atomic<uint64_t> remote_hits{0}; ///< of `hits` and of what was prefetched
  std::atomic<uint64_t> remote_writes{0};
  std::atomic<uint64_t> writes{0};
  std::atomic<uint64_t> dropped_writes{0}; ///< queue full, disk full, or no time left at exit
  std::atomic<uint64_t> evictions{0};
};

/// Bytes found in the cache; they stay where they are as long as this lives. Keep it for as short as
/// possible: what was read along with a small value, up to 64 KiB, is kept with it.
class LIGATURE_API CacheValue {
public:
  CacheValue() = default;
  CacheValue(std::span<const std::byte> bytes, std::shared_ptr<const void> holder)
      : bytes_(bytes), holder_(std::move(holder)) {}
  std::span<const std::byte> bytes() const { return bytes_; }

private:
  std::span<const std::byte> bytes_;
  std::shared_ptr<const void> holder_;
};

/// One cache of this process. Several processes may use one folder at once.
class LIGATURE_API Cache {
public:
  /// Never fails: a cache that cannot work says why through `say`, counts an error and finds nothing.
  static std::unique_ptr<Cache> open(CacheOptions options);
  /// Like finish() with half a second.
  virtual ~Cache() = default;
  Cache(const Cache &) = delete;
  Cache &operator=(const Cache &) = delete;

  /// What was put under `key` in namespace `space` ("object", "unit", a client's own; at most 32 bytes; what
  /// is in one that begins with a dot stays on this machine). Checked: an entry that is not whole is a miss,
  /// counted as an error, and removed.
  virtual std::optional<CacheValue> get(std::string_view space, const CacheKey &key) = 0;

  /// The same, but only what this machine has: no server is asked. For whoever wants to add to an entry. Not
  /// counted.
  virtual std::optional<CacheValue> get_local(std::string_view space, const CacheKey &key) {
    return get(space, key);
  }

  /// Says that these are going to be asked for: what only the remote tier has is fetched in one round trip,
  /// within ten times the budget of a lookup. Not needed for anything to work.
  virtual void prefetch(std::span<const CachePlace>) {}

  /// Keeps a copy of `bytes`, some time soon. `cost` is how long it took to make them: what was cheap goes
  /// first when room is needed. Returns at once; when too much is waiting to be written, it is dropped and
  /// counted.
  virtual void put(std::string_view space, const CacheKey &key, std::span<const std::byte> bytes,
                   std::chrono::microseconds cost) = 0;

  /// Writes what is waiting, for at most `limit`; what is left after that is dropped and counted. Further
  /// puts are ignored. Before the process ends.
  virtual void finish(std::chrono::milliseconds limit) = 0;

  virtual CacheMode mode() const = 0;
  virtual const CacheCounters &counters() const = 0;

protected:
  Cache() = default;
};

} // namespace ligature
