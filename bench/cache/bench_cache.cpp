// SPDX-License-Identifier: MIT
// What the object cache costs: opening, hits of several sizes, misses, writing. `bench-cache [FOLDER]` prints
// the median of several rounds; FOLDER (default: a new one in /tmp) should be on the disk that matters.
#include "cache/entry.h"
#include "ligature/cache.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <vector>

using namespace ligature;
using Clock = std::chrono::steady_clock;

namespace {

constexpr uint64_t kEntries = 4000;
constexpr int kRounds = 9;

CacheKey key_of(uint64_t number) {
  CacheKey key;
  std::mt19937_64 random(number);
  for (uint8_t &byte : key)
    byte = uint8_t(random());
  return key;
}

std::unique_ptr<Cache> open(const std::string &folder, CacheStore store) {
  CacheOptions options;
  options.folder = folder;
  options.store = store;
  return Cache::open(options);
}

/// Median over the rounds of the microseconds that one of `count` takes.
template <typename Work> double measure(uint64_t count, Work work) {
  std::vector<double> rounds;
  for (int round = 0; round < kRounds; ++round) {
    auto begin = Clock::now();
    work();
    rounds.push_back(std::chrono::duration<double, std::micro>(Clock::now() - begin).count() / double(count));
  }
  std::ranges::nth_element(rounds, rounds.begin() + kRounds / 2);
  return rounds[kRounds / 2];
}

void run(const char *name, const std::string &folder, CacheStore store, uint64_t entries) {
  std::vector<CacheKey> keys;
  for (uint64_t i = 0; i < 2 * entries; ++i)
    keys.push_back(key_of(i));
  std::shuffle(keys.begin(), keys.begin() + int64_t(entries), std::mt19937_64(1));
  for (size_t bytes : {256, 2048, 16384}) {
    std::vector<std::byte> value(bytes, std::byte{42});
    std::string space = std::to_string(bytes);
    auto cache = open(folder, store);
    auto begin = Clock::now();
    for (uint64_t i = 0; i < entries; ++i)
      cache->put(space, keys[i], value, std::chrono::microseconds(100));
    double put = std::chrono::duration<double, std::micro>(Clock::now() - begin).count() / double(entries);
    cache->finish(std::chrono::minutes(5));
    double written =
        std::chrono::duration<double, std::micro>(Clock::now() - begin).count() / double(entries);
    cache = open(folder, store);
    uint64_t found = 0;
    double hit = measure(entries, [&] {
      for (uint64_t i = 0; i < entries; ++i)
        found += cache->get(space, keys[i]).has_value();
    });
    double miss = measure(entries, [&] {
      for (uint64_t i = entries; i < 2 * entries; ++i)
        found += cache->get(space, keys[i]).has_value();
    });
    std::printf("%-6s %6zu bytes: hit %6.2f us  miss %6.2f us  put %6.2f us  put and written %7.2f us%s\n",
                name, bytes, hit, miss, put, written,
                found == kRounds * entries ? "" : "  (entries are missing)");
  }
  double opened = measure(20, [&] {
    for (int i = 0; i < 20; ++i)
      open(folder, store);
  });
  std::printf("%-6s open and close %.1f us\n", name, opened);
}

} // namespace

int main(int argc, char **argv) {
  std::string pattern = "/tmp/bench-cache-XXXXXX";
  std::string folder = argc > 1 ? argv[1] : mkdtemp(pattern.data());
  run("pack", folder + "/pack", CacheStore::Pack, kEntries);
  run("files", folder + "/files", CacheStore::Files, kEntries / 10);
  if (argc <= 1)
    std::filesystem::remove_all(folder);
}
