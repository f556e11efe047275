// SPDX-License-Identifier: MIT
// What a program takes from the cache and puts into it, noted for the next machine that runs it: that one
// fetches it all from the remote tier in one round trip, instead of asking for hundreds of entries one by
// one.
//
// The list is an entry like any other, under the program's text and, for a program that was edited, under its
// file's name. It is a hint: a wrong one costs time and nothing else.
#pragma once

#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "ligature/cache.h"

namespace jl {

/// A cache that passes everything on. Any thread.
class WarmSet final : public ligature::Cache {
public:
  explicit WarmSet(std::unique_ptr<ligature::Cache> cache) : cache_(std::move(cache)) {}

  /// Fetches what the same program, or failing that the last of this file name, used. Once, before it runs.
  void expect(std::string_view file_name, std::string_view text);

  std::optional<ligature::CacheValue> get(std::string_view space, const ligature::CacheKey &key) override;
  std::optional<ligature::CacheValue> get_local(std::string_view space,
                                                const ligature::CacheKey &key) override {
    return cache_->get_local(space, key);
  }
  void put(std::string_view space, const ligature::CacheKey &key, std::span<const std::byte> bytes,
           std::chrono::microseconds cost) override;
  void prefetch(std::span<const ligature::CachePlace> places) override { cache_->prefetch(places); }
  /// Keeps the list as well, if it is another than was expected.
  void finish(std::chrono::milliseconds limit) override;
  ligature::CacheMode mode() const override { return cache_->mode(); }
  const ligature::CacheCounters &counters() const override { return cache_->counters(); }

private:
  using Place = std::pair<std::string, ligature::CacheKey>; // namespace and key
  using Places = std::set<Place>;

  void note(std::string_view space, const ligature::CacheKey &key);
  Places kept_under(const ligature::CacheKey &key);

  std::unique_ptr<ligature::Cache> cache_;
  std::mutex mutex_; // of what follows
  Places used_, expected_;
  std::vector<ligature::CacheKey> names_; // that the list goes under
};

} // namespace jl
