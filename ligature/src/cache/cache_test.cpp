// SPDX-License-Identifier: MIT
// The cache as its clients see it, over both kinds of store.
#include "ligature/cache.h"

#include "cache/test_folder.h"
#include "ligature/cache_admin.h"

#include <gtest/gtest.h>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

using namespace ligature;
using namespace ligature::cache;
using namespace std::chrono_literals;

namespace {

class CacheOfKind : public testing::TestWithParam<CacheStore> {
protected:
  TestFolder folder;
  Told told;

  CacheOptions options(CacheMode mode = CacheMode::On) {
    CacheOptions options;
    options.mode = mode;
    options.folder = folder.inside("cache");
    options.store = GetParam();
    options.size_bytes = 64 << 20;
    options.say = told.sink();
    return options;
  }
  std::unique_ptr<Cache> open(CacheMode mode = CacheMode::On) { return Cache::open(options(mode)); }

  /// Puts values `first` to `last` and ends that cache.
  void fill(uint64_t first, uint64_t last, size_t bytes = 500) {
    auto cache = open();
    for (uint64_t i = first; i < last; ++i)
      cache->put("unit", test_key(i), test_value(i, bytes), 100us);
    cache->finish(30s);
    ASSERT_EQ(cache->counters().dropped_writes, 0u) << told.all();
  }
};

INSTANTIATE_TEST_SUITE_P(Kinds, CacheOfKind, testing::Values(CacheStore::Pack, CacheStore::Files),
                         [](auto &info) { return info.param == CacheStore::Pack ? "Pack" : "Files"; });

TEST_P(CacheOfKind, FindsWhatAnotherCachePut) {
  fill(0, 300);
  auto cache = open();
  for (uint64_t i = 0; i < 300; ++i)
    ASSERT_EQ(copy_of(cache->get("unit", test_key(i))), test_value(i, 500)) << i;
  EXPECT_FALSE(cache->get("unit", test_key(300)));
  EXPECT_EQ(cache->counters().hits, 300u);
  EXPECT_EQ(cache->counters().misses, 1u);
  EXPECT_EQ(cache->counters().errors, 0u);
}

TEST_P(CacheOfKind, FindsWhatIsPutLater) {
  auto reader = open();
  EXPECT_FALSE(reader->get("unit", test_key(7)));
  const uint64_t count = GetParam() == CacheStore::Pack ? 5000 : 300; // the index grows meanwhile
  fill(0, count, 100);
  for (uint64_t i = 0; i < count; ++i)
    ASSERT_TRUE(reader->get("unit", test_key(i))) << i;
}

TEST_P(CacheOfKind, NamespacesAreApart) {
  auto cache = open();
  cache->put("a", test_key(1), test_value(1, 10), 1us);
  cache->put("b", test_key(1), test_value(2, 20), 1us);
  cache->put("", test_key(1), test_value(3, 30), 1us);
  cache->finish(10s);
  cache = open();
  EXPECT_EQ(copy_of(cache->get("a", test_key(1))), test_value(1, 10));
  EXPECT_EQ(copy_of(cache->get("b", test_key(1))), test_value(2, 20));
  EXPECT_EQ(copy_of(cache->get("", test_key(1))), test_value(3, 30));
  EXPECT_FALSE(cache->get("c", test_key(1)));
  EXPECT_FALSE(cache->get(std::string(33, 'x'), test_key(1)));
}

TEST_P(CacheOfKind, LastPutCounts) {
  for (int round = 0; round < 3; ++round) {
    auto cache = open();
    cache->put("infer", test_key(1), test_value(uint64_t(round), 64), 1us);
    cache->finish(10s);
  }
  EXPECT_EQ(copy_of(open()->get("infer", test_key(1))), test_value(2, 64));
}

TEST_P(CacheOfKind, KeepsEmptyAndLargeValuesAligned) {
  CacheOptions large = options();
  large.size_bytes = uint64_t{4} << 30;
  auto cache = Cache::open(large);
  for (size_t bytes : {0, 1, 15, 4096, 1 << 20, 10 << 20})
    cache->put("unit", test_key(bytes), test_value(bytes, bytes), 1us);
  cache->finish(30s);
  cache = open();
  for (size_t bytes : {0, 1, 15, 4096, 1 << 20, 10 << 20}) {
    std::optional<CacheValue> value = cache->get("unit", test_key(bytes));
    ASSERT_TRUE(value) << bytes;
    EXPECT_EQ(copy_of(value), test_value(bytes, bytes));
    EXPECT_EQ(reinterpret_cast<uintptr_t>(value->bytes().data()) % 16, 0u);
  }
}

TEST_P(CacheOfKind, ValuesOutliveTheCacheAndItsFiles) {
  fill(0, 1);
  auto cache = open();
  std::optional<CacheValue> value = cache->get("unit", test_key(0));
  cache.reset();
  std::filesystem::remove_all(folder.inside("cache"));
  EXPECT_EQ(copy_of(value), test_value(0, 500));
}

TEST_P(CacheOfKind, OffFindsAndKeepsNothing) {
  fill(0, 1);
  auto cache = open(CacheMode::Off);
  EXPECT_FALSE(cache->get("unit", test_key(0)));
  cache->put("unit", test_key(1), test_value(1, 10), 1us);
  cache->finish(10s);
  EXPECT_FALSE(open()->get("unit", test_key(1)));
}

TEST_P(CacheOfKind, ReadOnlyChangesNothing) {
  fill(0, 3);
  auto before = std::filesystem::last_write_time(folder.inside("cache/v1"));
  auto cache = open(CacheMode::ReadOnly);
  EXPECT_TRUE(cache->get("unit", test_key(0)));
  cache->put("unit", test_key(9), test_value(9, 10), 1us);
  cache->finish(10s);
  EXPECT_FALSE(open()->get("unit", test_key(9)));
  EXPECT_EQ(std::filesystem::last_write_time(folder.inside("cache/v1")), before);
}

TEST_P(CacheOfKind, ReadOnlyOfNothingCreatesNothing) {
  auto cache = open(CacheMode::ReadOnly);
  EXPECT_FALSE(cache->get("unit", test_key(0)));
  EXPECT_FALSE(std::filesystem::exists(folder.inside("cache")));
  EXPECT_EQ(cache->counters().errors, 0u);
}

/// A bound, and values of which a thousand are more than it: smaller for files, which take their time.
struct Small {
  uint64_t bound;
  size_t value;
};
Small small_for(CacheStore kind) {
  return kind == CacheStore::Pack ? Small{4 << 20, 16000} : Small{1 << 20, 3000};
}

TEST_P(CacheOfKind, StaysWithinItsBound) {
  CacheOptions small = options();
  auto [bound, size] = small_for(GetParam());
  small.size_bytes = bound;
  uint64_t evictions = 0;
  for (uint64_t round = 0; round < 5; ++round) {
    auto cache = Cache::open(small);
    for (uint64_t i = 0; i < 200; ++i)
      cache->put("unit", test_key(round * 200 + i), test_value(i, size), 100us);
    cache->finish(60s);
    EXPECT_EQ(cache->counters().dropped_writes, 0u);
    evictions += cache->counters().evictions;
  }
  uint64_t bytes = 0;
  for (const std::string &name : folder.data_files())
    bytes += std::filesystem::file_size(name);
  EXPECT_LE(bytes, bound + (GetParam() == CacheStore::Files ? bound / 4 : 0));
  EXPECT_GE(bytes, bound / 2);
  auto cache = Cache::open(small);
  uint64_t found = 0;
  for (uint64_t i = 0; i < 1000; ++i)
    found += cache->get("unit", test_key(i)).has_value();
  EXPECT_EQ(found + evictions, 1000u);
}

/// Their entries lie in different segments of a pack, and making room for those of one moves those of
/// another.
TEST_P(CacheOfKind, StaysWithinItsBoundAndLosesNothingElseWithSeveralNamespaces) {
  constexpr std::string_view kSpaces[] = {"unit", "infer", "object", ".history", "warm"};
  CacheOptions small = options();
  auto [bound, size] = small_for(GetParam());
  small.size_bytes = bound;
  uint64_t evictions = 0;
  auto space_of = [&](uint64_t i) { return kSpaces[i * 7919 % std::size(kSpaces)]; };
  for (uint64_t round = 0; round < 5; ++round) {
    auto cache = Cache::open(small);
    for (uint64_t i = round * 200; i < round * 200 + 200; ++i)
      cache->put(space_of(i), test_key(i), test_value(i, size), i % 3 == 0 ? 100000us : 10us);
    cache->finish(60s);
    EXPECT_EQ(cache->counters().dropped_writes, 0u);
    evictions += cache->counters().evictions;
  }
  uint64_t bytes = 0;
  for (const std::string &name : folder.data_files())
    bytes += std::filesystem::file_size(name);
  EXPECT_LE(bytes, bound + (GetParam() == CacheStore::Files ? bound / 4 : 0));
  auto cache = Cache::open(small);
  uint64_t found = 0;
  for (uint64_t i = 0; i < 1000; ++i)
    if (auto value = cache->get(space_of(i), test_key(i))) {
      ++found;
      EXPECT_TRUE(std::ranges::equal(value->bytes(), test_value(i, size)));
    }
  EXPECT_EQ(found + evictions, 1000u);
  EXPECT_EQ(cache->counters().errors, 0u) << told.all();
}

/// Room that nobody's entry takes is used before anything is lost.
TEST_P(CacheOfKind, LosesNothingToEntriesThatAreReplaced) {
  if (GetParam() == CacheStore::Files)
    GTEST_SKIP() << "a file that is replaced leaves nothing behind";
  CacheOptions small = options();
  auto [bound, size] = small_for(GetParam());
  small.size_bytes = bound;
  uint64_t evictions = 0;
  constexpr uint64_t kOthers = 20;
  for (uint64_t round = 0; round < 10; ++round) {
    auto cache = Cache::open(small);
    for (uint64_t i = 0; round == 0 && i < kOthers; ++i)
      cache->put("unit", test_key(i), test_value(i, size), 100us);
    for (uint64_t i = 0; i < 100; ++i) // each write is another value of one of ten
      cache->put("unit", test_key(1000 + i % 10), test_value(round * 100 + i, size), 100us);
    cache->finish(60s);
    evictions += cache->counters().evictions;
  }
  EXPECT_EQ(evictions, 0u);
  auto cache = Cache::open(small);
  for (uint64_t i = 0; i < kOthers; ++i)
    EXPECT_TRUE(cache->get("unit", test_key(i))) << i;
}

TEST_P(CacheOfKind, KeepsWhatWasDear) {
  CacheOptions small = options();
  auto [bound, size] = small_for(GetParam());
  small.size_bytes = bound;
  for (uint64_t round = 0; round < 5; ++round) {
    auto cache = Cache::open(small);
    for (uint64_t i = 0; i < 200; ++i)
      cache->put("unit", test_key(round * 200 + i), test_value(i, size), i % 20 == 0 ? 100000us : 10us);
    cache->finish(60s);
  }
  auto cache = Cache::open(small);
  unsigned dear = 0, cheap = 0;
  for (uint64_t i = 0; i < 1000; ++i)
    (i % 20 == 0 ? dear : cheap) += cache->get("unit", test_key(i)).has_value();
  EXPECT_GE(dear, 40u) << "of 50";
  EXPECT_LE(cheap, 320u) << "of 950";
}

TEST_P(CacheOfKind, WritesTimeOfUseOnlyWhenItIsOld) {
  fill(0, 1);
  std::string index =
      GetParam() == CacheStore::Pack ? folder.inside("cache/v1/index") : folder.data_files().at(0);
  auto before = std::filesystem::last_write_time(index);
  auto cache = open();
  EXPECT_TRUE(cache->get("unit", test_key(0)));
  cache->finish(10s);
  EXPECT_EQ(std::filesystem::last_write_time(index), before);
}

TEST_P(CacheOfKind, NothingIsPutAfterFinish) {
  auto cache = open();
  cache->put("unit", test_key(0), test_value(0, 10), 1us);
  cache->finish(10s);
  cache->put("unit", test_key(1), test_value(1, 10), 1us);
  cache->finish(10s);
  EXPECT_TRUE(open()->get("unit", test_key(0)));
  EXPECT_FALSE(open()->get("unit", test_key(1)));
}

TEST_P(CacheOfKind, ChildOfAForkFindsNothingAndEnds) {
  fill(0, 10);
  auto cache = open();
  const uint64_t last = GetParam() == CacheStore::Pack ? 2000 : 300;
  for (uint64_t i = 100; i < last; ++i)
    cache->put("unit", test_key(i), test_value(i, 1000), 1us); // the writer is at work
  pid_t child = fork();
  if (child == 0) {
    alarm(20);
    bool found = cache->get("unit", test_key(0)).has_value();
    cache->put("unit", test_key(5), test_value(5, 10), 1us);
    cache->finish(5s);
    cache.reset();
    auto fresh = open();
    _exit(!found && fresh->get("unit", test_key(1)) ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
  cache->finish(30s);
  EXPECT_EQ(cache->counters().writes, last - 100);
}

TEST_P(CacheOfKind, ManyThreadsAtOnce) {
  fill(0, 200);
  auto cache = open();
  std::atomic<unsigned> wrong{0};
  std::vector<std::thread> threads;
  for (unsigned t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      for (uint64_t i = 0; i < 400; ++i) {
        std::optional<CacheValue> value = cache->get("unit", test_key(i));
        wrong += (i < 200 && !value) || (value && copy_of(value) != test_value(i, 500));
        if (i >= 200)
          cache->put("unit", test_key(i), test_value(i, 500), std::chrono::microseconds(t));
      }
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(wrong, 0u);
  cache->finish(30s);
  cache = open();
  for (uint64_t i = 0; i < 400; ++i)
    ASSERT_EQ(copy_of(cache->get("unit", test_key(i))), test_value(i, 500));
}

TEST_P(CacheOfKind, LowerLayersAreReadOnly) {
  fill(0, 5);
  const std::string file = folder.data_files().at(0);
  auto before = read_file(file);
  CacheOptions layered = options();
  layered.folder = folder.inside("upper") + ":" + folder.inside("cache") + ":" + folder.inside("missing");
  auto cache = Cache::open(layered);
  EXPECT_EQ(copy_of(cache->get("unit", test_key(3))), test_value(3, 500));
  cache->put("unit", test_key(50), test_value(50, 10), 1us);
  cache->finish(10s);
  EXPECT_EQ(cache->counters().errors, 0u) << told.all();
  EXPECT_FALSE(open()->get("unit", test_key(50)));
  EXPECT_TRUE(Cache::open(layered)->get("unit", test_key(50)));
  EXPECT_EQ(read_file(file), before);
}

/// The files of the second filling have the names of those of the first, which a reader has open.
TEST_P(CacheOfKind, AReaderFollowsAClear) {
  fill(0, 20, 300);
  auto reader = open();
  EXPECT_TRUE(reader->get("unit", test_key(3)));
  CacheAdmin::open(options(), CacheAdmin::Access::Write).value()->clear();
  fill(20, 40, 700);
  EXPECT_EQ(copy_of(reader->get("unit", test_key(25))), test_value(25, 700));
  if (std::optional<CacheValue> old = reader->get("unit", test_key(4))) // it may lie in what was read before
    EXPECT_EQ(copy_of(old), test_value(4, 300));
  EXPECT_FALSE(reader->get("unit", test_key(400)));
  EXPECT_EQ(reader->counters().errors, 0u) << told.all();
}

TEST_P(CacheOfKind, AReaderThatLosesARaceAgainstClearMissesAndNoMore) {
  std::atomic<bool> is_done{false};
  std::thread clearing([&] {
    for (int round = 0; round < 150; ++round) {
      fill(0, 20);
      CacheAdmin::open(options(), CacheAdmin::Access::Write).value()->clear();
    }
    is_done = true;
  });
  uint64_t hits = 0;
  while (!is_done) {
    auto reader = open(CacheMode::ReadOnly);
    for (uint64_t i = 0; i < 60; ++i)
      hits += reader->get("unit", test_key(i % 20)).has_value();
    EXPECT_EQ(reader->counters().errors, 0u) << told.all();
    auto admin = CacheAdmin::open(options(), CacheAdmin::Access::Read);
    if (admin)
      EXPECT_EQ((*admin)->report().damaged, 0u);
  }
  clearing.join();
  EXPECT_GT(hits, 0u);
}

TEST(Cache, SaysWhyItKeepsOneFilePerEntry) {
  TestFolder folder;
  Told told;
  CacheOptions options;
  options.folder = folder.inside("cache");
  options.store = CacheStore::Files;
  options.say = told.sink();
  auto cache = Cache::open(options);
  EXPECT_EQ(told.all(), "cache: one file per entry in " + options.folder + ", because this was asked for\n");
}

TEST(Cache, CreatesFoldersForItsOwnerAlone) {
  TestFolder folder;
  CacheOptions options;
  options.folder = folder.inside("a/b/cache");
  Cache::open(options);
  struct stat status;
  for (const char *name : {"a", "a/b", "a/b/cache", "a/b/cache/v1"}) {
    ASSERT_EQ(stat(folder.inside(name).c_str(), &status), 0) << name;
    EXPECT_EQ(status.st_mode & 0777, 0700u) << name;
  }
}

TEST(Cache, WithoutAnyFolderItFindsNothing) {
  Told told;
  CacheOptions options;
  options.folder = ":";
  options.say = told.sink();
  auto cache = Cache::open(options);
  EXPECT_FALSE(cache->get("unit", test_key(0)));
  cache->put("unit", test_key(0), {}, 1us);
  EXPECT_EQ(cache->counters().errors, 1u);
  EXPECT_NE(told.all().find("no folder"), std::string::npos);
}

} // namespace
