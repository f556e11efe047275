// SPDX-License-Identifier: MIT
// The cache as a C client has it: values of its own, and objects that no second session compiles.
#include <gtest/gtest.h>

#include "capi/toy_client.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace ligature::capi::toy;

namespace {

struct Folder {
  std::string path;
  Folder() {
    std::string pattern = std::filesystem::temp_directory_path() / "ligature-capi-XXXXXX";
    path = mkdtemp(pattern.data());
  }
  ~Folder() { std::filesystem::remove_all(path); }
};

/// A cache with its folder's path in its options.
LigatureCache *open_cache(const Folder &folder, LigatureCacheMode mode = LigatureCacheOn) {
  LigatureCacheOptions options;
  ligature_cache_options_init(&options);
  options.mode = mode;
  options.folder = folder.path.c_str();
  LigatureCache *cache = nullptr;
  EXPECT_OK(ligature_cache_open(&options, &cache));
  return cache;
}

LigatureCacheCounters counters_of(const LigatureCache *cache) {
  LigatureCacheCounters counters;
  counters.size = sizeof counters;
  ligature_cache_counters(cache, &counters);
  return counters;
}

std::optional<std::string> get(LigatureCache *cache, const char *space, const LigatureCacheKey &key) {
  LigatureCacheValue value;
  if (!ligature_cache_get(cache, space, &key, &value)) {
    EXPECT_EQ(value.bytes, nullptr);
    ligature_cache_value_release(&value);
    return std::nullopt;
  }
  EXPECT_NE(value.bytes, nullptr);
  std::string bytes(static_cast<const char *>(value.bytes), value.size);
  ligature_cache_value_release(&value);
  EXPECT_EQ(value.bytes, nullptr);
  return bytes;
}

TEST(CApiCache, KeepsWhatToolsPutThere) {
  Folder folder;
  const LigatureCacheKey key = ligature_cache_key("input", 5), other = ligature_cache_key("input", 4);
  LigatureCache *cache = open_cache(folder);
  EXPECT_EQ(get(cache, "tool", key), std::nullopt);
  ligature_cache_put(cache, "tool", &key, "output", 6, 1000);
  ligature_cache_put(cache, "tool", &other, "", 0, UINT64_MAX);
  ligature_cache_finish(cache, 5000);
  EXPECT_EQ(counters_of(cache).writes, 2u);
  ligature_cache_dispose(cache);

  cache = open_cache(folder, LigatureCacheReadOnly);
  EXPECT_EQ(ligature_cache_mode(cache), LigatureCacheReadOnly);
  ligature_cache_prefetch(cache, "tool", &key, 1);
  EXPECT_EQ(get(cache, "tool", key), "output");
  EXPECT_EQ(get(cache, "tool", other), "");
  EXPECT_EQ(get(cache, "another", key), std::nullopt) << "namespaces are apart";
  EXPECT_EQ(get(cache, "a namespace of more than 32 bytes", key), std::nullopt);
  EXPECT_EQ(counters_of(cache).hits, 2u);
  EXPECT_EQ(counters_of(cache).misses, 2u);
  LigatureCacheCounters older{};
  older.size = offsetof(LigatureCacheCounters, misses); // an older header's
  older.misses = 77;
  ligature_cache_counters(cache, &older);
  EXPECT_EQ(older.hits, 2u);
  EXPECT_EQ(older.misses, 77u);

  LigatureCacheValue value;
  ASSERT_TRUE(ligature_cache_get(cache, "tool", &key, &value));
  ligature_cache_dispose(cache);
  EXPECT_EQ(std::string(static_cast<const char *>(value.bytes), value.size), "output")
      << "it outlives the cache";
  ligature_cache_value_release(&value);
}

TEST(CApiCache, AKeyIsASha256) {
  const LigatureCacheKey key = ligature_cache_key("abc", 3);
  EXPECT_EQ(key.bytes[0], 0xba);
  EXPECT_EQ(key.bytes[31], 0xad);
}

/// What the C++ tests call a warm run, through two sessions; the second is given the cache and outlives the
/// handle.
TEST(CApiCache, NoSessionCompilesWhatAnotherHas) {
  Folder folder;
  static LigatureCache *cache;
  auto run = [&](auto adjust) {
    cache = open_cache(folder);
    Client client(adjust);
    ligature_cache_dispose(cache); // the session has it
    LigatureEntry f{};
    ligature_release(client.link(plus(f, 5)));
    EXPECT_EQ(client.call(f, 1), 6);
    return client.stats();
  };
  auto plain = [](LigatureOptions &options, LigatureClient &) { options.cache = cache; };
  auto other_abi = [](LigatureOptions &options, LigatureClient &) {
    options.cache = cache;
    options.runtime_abi = "of another runtime";
  };
  auto has = [](const std::string &stats, const char *counter) {
    return stats.find(counter) != std::string::npos;
  };
  std::string cold = run(plain), warm = run(plain), other = run(other_abi);
  EXPECT_TRUE(has(cold, "\"units_compiled\":1,") && has(cold, "\"cache_misses\":1,")) << cold;
  EXPECT_TRUE(has(warm, "\"units_compiled\":0,") && has(warm, "\"cache_hits\":1,")) << warm;
  EXPECT_TRUE(has(other, "\"units_compiled\":1,") && has(other, "\"cache_misses\":1,")) << other;
}

TEST(CApiCache, TroubleIsToldAndCountedButNoError) {
  Folder folder;
  std::string in_the_way = folder.path + "/file", told;
  std::ofstream(in_the_way) << "no folder";
  LigatureCacheOptions options;
  ligature_cache_options_init(&options);
  options.folder = in_the_way.c_str();
  options.say_data = &told;
  options.say = [](void *data, const char *text) { *static_cast<std::string *>(data) += text; };
  LigatureCache *cache = nullptr;
  ASSERT_OK(ligature_cache_open(&options, &cache));
  const LigatureCacheKey key{};
  ligature_cache_put(cache, "tool", &key, "x", 1, 1);
  EXPECT_EQ(get(cache, "tool", key), std::nullopt);
  EXPECT_GT(counters_of(cache).errors, 0u);
  EXPECT_NE(told.find(in_the_way), std::string::npos) << told;
  ligature_cache_dispose(cache);
  ligature_cache_dispose(nullptr);
}

TEST(CApiCache, WhatTheCallerSaysWronglyIsAnError) {
  LigatureCacheOptions options;
  ligature_cache_options_init(&options);
  LigatureCache *cache = nullptr;
  options.mode = static_cast<LigatureCacheMode>(9);
  EXPECT_EQ(text(ligature_cache_open(&options, &cache)), "cache: there is no mode 9");
  ligature_cache_options_init(&options);
  options.environment = true;
  setenv("LIGATURE_CACHE", "maybe", 1);
  EXPECT_NE(text(ligature_cache_open(&options, &cache)).find("LIGATURE_CACHE"), std::string::npos);
  setenv("LIGATURE_CACHE", "off", 1);
  ASSERT_OK(ligature_cache_open(&options, &cache));
  EXPECT_EQ(ligature_cache_mode(cache), LigatureCacheOff);
  ligature_cache_dispose(cache);
  unsetenv("LIGATURE_CACHE");
}

} // namespace
