// SPDX-License-Identifier: MIT
//
// Looking after the object cache of this machine (cache.h): what is in it, making room, checking it, sending
// it elsewhere. For command lines and tools; a program that only uses the cache needs none of this. Other
// processes may use the folder at the same time. Works on the first folder of the options, never on the
// remote tier.
#pragma once

#include "ligature/cache.h"

#include <chrono>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ligature {

struct CacheEntry {
  std::string space;
  CacheKey key;
  uint64_t bytes = 0; ///< of the value
  std::chrono::microseconds cost{0};
  std::chrono::system_clock::time_point used; ///< to within some hours
};

struct CacheReport {
  struct Space {
    uint64_t entries = 0, bytes = 0;
  };
  std::string folder;
  std::string store;       ///< "pack" or "files"; empty when there is no cache yet
  uint64_t size_bytes = 0; ///< the bound
  uint64_t disk_bytes = 0; ///< with indexes, and with what is dead in the files
  uint64_t entries = 0, bytes = 0, damaged = 0;
  std::map<std::string, Space> spaces;
};

/// The folders that `options` means, in the order in which they are looked into.
LIGATURE_API std::vector<std::string> cache_folders(const CacheOptions &options);
/// The remote tier's address for people, without its password; empty when there is none.
LIGATURE_API std::string shown_remote(const CacheOptions &options);

class LIGATURE_API CacheAdmin {
public:
  enum class Access : uint8_t { Read, Write };
  /// Reading never creates a folder. The error says why the folder cannot be used.
  static std::expected<std::unique_ptr<CacheAdmin>, std::string> open(const CacheOptions &options,
                                                                      Access access);
  ~CacheAdmin();
  CacheAdmin(const CacheAdmin &) = delete;
  CacheAdmin &operator=(const CacheAdmin &) = delete;

  CacheReport report();
  /// Each whole entry, in no order.
  void list(const std::function<void(const CacheEntry &)> &visit);

  /// How many were removed, or why that could not be done.
  using Count = std::expected<uint64_t, std::string>;
  /// Removes what was not used for that long.
  Count prune_unused(std::chrono::minutes age);
  /// Removes until no more than `bytes` are taken, what is cheap to make or long unused first.
  Count prune_to(uint64_t bytes);
  /// Reads every byte; with write access, removes what is damaged.
  struct Verified {
    uint64_t checked = 0, damaged = 0;
  };
  std::expected<Verified, std::string> verify();
  Count clear();
  /// Writes all entries to a file, sealed with the options' secret if there is one, else with a checksum.
  Count export_to(const std::string &path);
  /// Takes all of a file's entries, or none: refuses one that is damaged, or not sealed with the secret.
  Count import_from(const std::string &path);

private:
  struct State;
  explicit CacheAdmin(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

} // namespace ligature
