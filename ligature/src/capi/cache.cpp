// SPDX-License-Identifier: MIT
#include "capi/objects.h"
#include "ligature/unit.h"

#include <cstring>
#include <vector>

using namespace ligature;
using namespace ligature::capi;

static_assert(static_cast<int>(CacheMode::Off) == LigatureCacheOff &&
              static_cast<int>(CacheMode::Verify) == LigatureCacheVerify &&
              static_cast<int>(CacheStore::Auto) == LigatureCacheStoreAuto &&
              static_cast<int>(CacheStore::Files) == LigatureCacheStoreFiles);

static CacheKey key_of(const LigatureCacheKey &key) {
  return std::to_array(key.bytes);
}

/// What the client wrote where an enumerator is expected: in C, any number.
template <typename Enum> static unsigned number_in(const Enum &value) {
  unsigned number;
  static_assert(sizeof number == sizeof value);
  std::memcpy(&number, &value, sizeof number);
  return number;
}

static CacheOptions cache_options(const LigatureCacheOptions &given) {
  auto text = [](const char *value) { return std::string(value ? value : ""); };
  CacheOptions options;
  options.mode = static_cast<CacheMode>(given.mode);
  options.store = static_cast<CacheStore>(given.store);
  options.folder = text(given.folder);
  options.size_bytes = given.size_bytes;
  options.remote = text(given.remote);
  options.remote_secret = text(given.remote_secret);
  options.remote_read_only = given.remote_read_only;
  options.remote_budget = std::chrono::milliseconds(given.remote_budget_ms);
  options.remote_most_bytes = given.remote_most_bytes;
  if (given.say)
    options.say = [say = given.say, data = given.say_data](std::string_view told) {
      say(data, std::string(told).c_str());
    };
  return options;
}

void ligature_cache_options_init_sized(LigatureCacheOptions *options, size_t size) {
  const CacheOptions defaults;
  LigatureCacheOptions filled{};
  filled.size = size;
  filled.mode = static_cast<LigatureCacheMode>(defaults.mode);
  filled.store = static_cast<LigatureCacheStore>(defaults.store);
  filled.size_bytes = defaults.size_bytes;
  filled.remote_budget_ms = static_cast<unsigned>(defaults.remote_budget.count());
  filled.remote_most_bytes = defaults.remote_most_bytes;
  fill(options, filled);
}

LigatureError ligature_cache_open(const LigatureCacheOptions *options, LigatureCache **cache) {
  return guarded([&]() -> llvm::Error {
    LigatureCacheOptions given = complete(options, ligature_cache_options_init_sized);
    if (unsigned mode = number_in(given.mode); mode > LigatureCacheVerify)
      return llvm::createStringError("cache: there is no mode " + std::to_string(mode));
    if (unsigned store = number_in(given.store); store > LigatureCacheStoreFiles)
      return llvm::createStringError("cache: there is no store " + std::to_string(store));
    CacheOptions wanted = cache_options(given);
    if (given.environment) {
      std::expected<CacheOptions, std::string> said = cache_options_from_environment(std::move(wanted));
      if (!said)
        return llvm::createStringError(said.error());
      wanted = std::move(*said);
    }
    *cache = new LigatureCache{Cache::open(std::move(wanted))};
    return llvm::Error::success();
  });
}

void ligature_cache_dispose(LigatureCache *cache) {
  delete cache;
}

void ligature_cache_finish(LigatureCache *cache, unsigned limit_ms) {
  cache->cache->finish(std::chrono::milliseconds(limit_ms));
}

LigatureCacheKey ligature_cache_key(const void *bytes, size_t size) {
  UnitKey hash = ligature::key_of(llvm::ArrayRef<char>(static_cast<const char *>(bytes), size));
  LigatureCacheKey key;
  std::ranges::copy(hash, key.bytes);
  return key;
}

bool ligature_cache_get(LigatureCache *cache, const char *space, const LigatureCacheKey *key,
                        LigatureCacheValue *value) {
  *value = {nullptr, 0, nullptr};
  std::optional<CacheValue> found = cache->cache->get(space, key_of(*key));
  if (!found)
    return false;
  auto *holder = new CacheValue(std::move(*found));
  static constexpr char kEmpty = 0; // a value of no bytes was found all the same
  *value = {holder->bytes().empty() ? &kEmpty : static_cast<const void *>(holder->bytes().data()),
            holder->bytes().size(), holder};
  return true;
}

void ligature_cache_value_release(LigatureCacheValue *value) {
  delete static_cast<CacheValue *>(value->holder);
  *value = {nullptr, 0, nullptr};
}

void ligature_cache_put(LigatureCache *cache, const char *space, const LigatureCacheKey *key,
                        const void *bytes, size_t size, uint64_t cost_us) {
  constexpr uint64_t kMost = UINT32_MAX;
  cache->cache->put(space, key_of(*key), {static_cast<const std::byte *>(bytes), size},
                    std::chrono::microseconds(std::min(cost_us, kMost)));
}

void ligature_cache_prefetch(LigatureCache *cache, const char *space, const LigatureCacheKey *keys,
                             size_t count) {
  std::vector<CachePlace> places;
  for (const LigatureCacheKey &key : std::span(keys, count))
    places.push_back({space, key_of(key)});
  cache->cache->prefetch(places);
}

void ligature_cache_counters(const LigatureCache *cache, LigatureCacheCounters *counters) {
  const CacheCounters &now = cache->cache->counters();
  LigatureCacheCounters filled{};
  filled.size = counters->size;
  filled.hits = now.hits;
  filled.misses = now.misses;
  filled.errors = now.errors;
  filled.remote_hits = now.remote_hits;
  filled.remote_writes = now.remote_writes;
  filled.writes = now.writes;
  filled.dropped_writes = now.dropped_writes;
  filled.evictions = now.evictions;
  fill(counters, filled);
}

LigatureCacheMode ligature_cache_mode(const LigatureCache *cache) {
  return static_cast<LigatureCacheMode>(cache->cache->mode());
}
