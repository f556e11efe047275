// SPDX-License-Identifier: MIT
// What may happen to a cache's folder, done to it some thousand times. After each of them: no crash, no hang,
// every value right or missing, a counter that says so, and a cache that takes and finds entries again. Those
// of the remote tier are in remote_test.cpp. Prints how many faults were tried.
#include "cache/test_folder.h"

#include "cache/file_handle.h"
#include "cache/pack_index.h"
#include "ligature/cache.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <thread>

using namespace ligature;
using namespace ligature::cache;
using namespace std::chrono_literals;

namespace {

unsigned faults_tried = 0;

struct PrintCount : testing::Environment {
  void TearDown() override { std::printf("faults tried: %u\n", faults_tried); }
};
const auto *const print_count = testing::AddGlobalTestEnvironment(new PrintCount);

constexpr uint64_t kEntries = 60;
size_t size_of(uint64_t number) {
  return 50 + number * 37 % 2000;
}

class CacheFaults : public testing::TestWithParam<CacheStore> {
protected:
  TestFolder folder;
  Told told;
  std::mt19937_64 random{testing::UnitTest::GetInstance()->random_seed() + 42u};

  CacheOptions options(const std::string &name = "cache") {
    CacheOptions options;
    options.folder = folder.inside(name);
    options.store = GetParam();
    options.size_bytes = 16 << 20;
    options.say = told.sink();
    return options;
  }
  void fill(uint64_t first = 0, uint64_t last = kEntries) {
    auto cache = Cache::open(options());
    for (uint64_t i = first; i < last; ++i)
      cache->put("unit", test_key(i), test_value(i, size_of(i)), 100us);
    cache->finish(30s);
  }
  /// How many are found; what is found is right.
  uint64_t count_found(Cache &cache, uint64_t entries = kEntries) {
    uint64_t found = 0;
    for (uint64_t i = 0; i < entries; ++i) {
      std::optional<CacheValue> value = cache.get("unit", test_key(i));
      found += value.has_value();
      if (value)
        EXPECT_EQ(copy_of(value), test_value(i, size_of(i))) << i;
    }
    return found;
  }
  /// After a fault: what is found is right, something says what was not, and all can be put and found again.
  void expect_survived(const std::string &what) {
    SCOPED_TRACE(what);
    ++faults_tried;
    auto cache = Cache::open(options());
    uint64_t found = count_found(*cache);
    EXPECT_EQ(cache->counters().hits, found);
    EXPECT_EQ(cache->counters().misses, kEntries - found);
    cache->finish(10s);
    fill();
    cache = Cache::open(options());
    EXPECT_EQ(count_found(*cache), kEntries);
    EXPECT_EQ(cache->counters().errors, 0u) << "healed";
  }
  std::string any_file(bool with_index) {
    std::vector<std::string> files = folder.data_files();
    std::ranges::sort(files);
    if (with_index && GetParam() == CacheStore::Pack && random() % 2)
      return folder.inside("cache/v1/index");
    return files[random() % files.size()];
  }
};

INSTANTIATE_TEST_SUITE_P(Kinds, CacheFaults, testing::Values(CacheStore::Pack, CacheStore::Files),
                         [](auto &info) { return info.param == CacheStore::Pack ? "Pack" : "Files"; });

TEST_P(CacheFaults, FlippedBits) {
  fill();
  for (int i = 0; i < 400; ++i) {
    std::string path = any_file(/*with_index=*/true), bytes = read_file(path);
    if (bytes.empty())
      continue;
    size_t at = random() % bytes.size();
    bytes[at] = char(bytes[at] ^ (1 << random() % 8));
    write_file(path, bytes);
    expect_survived("bit of byte " + std::to_string(at) + " of " + path);
  }
}

TEST_P(CacheFaults, EveryByteOfAnEntryCounts) {
  for (size_t at = 0; at < 112 + 50; ++at) {
    TestFolder own;
    CacheOptions one = options();
    one.folder = own.inside("cache");
    {
      auto cache = Cache::open(one);
      cache->put("unit", test_key(0), test_value(0, 50), 1us);
      cache->finish(10s);
    }
    std::string path = own.data_files().at(0), bytes = read_file(path);
    bytes[at] = char(~bytes[at]);
    write_file(path, bytes);
    auto cache = Cache::open(one);
    EXPECT_FALSE(cache->get("unit", test_key(0))) << at;
    EXPECT_EQ(cache->counters().errors, 1u) << at;
    ++faults_tried;
  }
}

TEST_P(CacheFaults, CutOff) {
  fill();
  for (int i = 0; i < 150; ++i) {
    std::string path = any_file(/*with_index=*/true);
    uint64_t size = std::filesystem::file_size(path);
    uint64_t left = size ? random() % size : 0;
    std::filesystem::resize_file(path, left);
    expect_survived(path + " cut to " + std::to_string(left) + " of " + std::to_string(size));
  }
}

TEST_P(CacheFaults, Lengthened) {
  fill();
  for (int i = 0; i < 20; ++i) {
    std::string path = any_file(/*with_index=*/true);
    std::filesystem::resize_file(path, std::filesystem::file_size(path) + 1 + random() % 10000);
    expect_survived(path + " lengthened");
  }
}

TEST_P(CacheFaults, Zeroed) {
  fill();
  for (int i = 0; i < 100; ++i) {
    std::string path = any_file(/*with_index=*/true), bytes = read_file(path);
    size_t at = random() % bytes.size(), length = 1 + random() % 4096;
    std::fill_n(bytes.begin() + int64_t(at), std::min(length, bytes.size() - at), '\0');
    write_file(path, bytes);
    expect_survived(path + " zeroed from " + std::to_string(at));
  }
}

TEST_P(CacheFaults, Garbage) {
  fill();
  for (int i = 0; i < 60; ++i) {
    std::string path = i % 3 == 0 ? folder.inside("cache/v1/lock") : any_file(/*with_index=*/true);
    std::string bytes(random() % 3 == 0 ? 32768 : random() % 50000, '\0');
    for (char &c : bytes)
      c = char(random());
    write_file(path, bytes);
    expect_survived(path + " of garbage");
  }
}

TEST_P(CacheFaults, SwappedParts) {
  fill();
  for (int i = 0; i < 100; ++i) {
    std::string one = any_file(/*with_index=*/true), other = i % 2 ? one : any_file(/*with_index=*/true);
    std::string a = read_file(one), b = read_file(other);
    size_t length = 1 + random() % 2048;
    if (a.size() <= length || b.size() <= length)
      length = std::min(a.size(), b.size());
    size_t at = a.size() > length ? random() % (a.size() - length) / 16 * 16 : 0;
    size_t to = b.size() > length ? random() % (b.size() - length) / 16 * 16 : 0;
    if (one == other) {
      std::swap_ranges(a.begin() + int64_t(at),
                       a.begin() + int64_t(at + std::min(length, to > at ? to - at : at - to)),
                       a.begin() + int64_t(to));
      b = a;
    } else {
      std::swap_ranges(a.begin() + int64_t(at), a.begin() + int64_t(at + length), b.begin() + int64_t(to));
    }
    write_file(one, a);
    write_file(other, b);
    expect_survived("swapped in " + one + " and " + other);
  }
}

TEST_P(CacheFaults, FilesThatAreNoFiles) {
  std::vector<std::string> names{"cache/v1/lock", "cache/v1/index", "cache/v1/files", "cache/v1", "cache"};
  for (const std::string &name : names)
    for (int kind = 0; kind < 4; ++kind) {
      SCOPED_TRACE(name + " of kind " + std::to_string(kind));
      ++faults_tried;
      fill();
      std::filesystem::remove_all(folder.inside(name));
      if (kind == 0)
        std::filesystem::create_directories(folder.inside(name));
      else if (kind == 1)
        ASSERT_EQ(mkfifo(folder.inside(name).c_str(), 0600), 0);
      else if (kind == 2)
        std::filesystem::create_symlink("/dev/zero", folder.inside(name));
      else
        write_file(folder.inside(name), "");
      auto cache = Cache::open(options());
      count_found(*cache);
      cache->put("unit", test_key(1), test_value(1, size_of(1)), 1us);
      cache->finish(10s);
      std::filesystem::remove_all(folder.inside("cache"));
    }
}

TEST_P(CacheFaults, FilesChangeWhileTheyAreRead) {
  fill();
  std::atomic<bool> stop{false};
  std::vector<std::thread> readers;
  auto cache = Cache::open(options());
  for (int i = 0; i < 2; ++i)
    readers.emplace_back([&] {
      while (!stop)
        count_found(*cache);
    });
  for (int i = 0; i < 100; ++i) {
    std::string path = any_file(/*with_index=*/true);
    std::error_code gone;
    if (i % 3 == 0)
      std::filesystem::remove(path, gone);
    else
      std::filesystem::resize_file(path, random() % 3000, gone);
    if (i % 5 == 0 || folder.data_files().empty())
      fill();
    ++faults_tried;
  }
  stop = true;
  for (std::thread &reader : readers)
    reader.join();
  cache->finish(10s);
  expect_survived("all that");
}

// --- Processes

/// Runs `work` in a child and gives its status.
template <typename Work> pid_t in_child(Work work) {
  pid_t child = fork();
  if (child == 0) {
    alarm(60);
    work();
    _exit(0);
  }
  return child;
}

int status_of(pid_t child) {
  int status = -1;
  waitpid(child, &status, 0);
  return status;
}

TEST_P(CacheFaults, KilledWhileWriting) {
  CacheOptions small = options();
  small.size_bytes = 2 << 20; // room has to be made all the time
  constexpr uint64_t kKeys = 1500;
  int times = GetParam() == CacheStore::Pack ? 200 : 50;
  uint64_t found = 0;
  for (int i = 0; i < times; ++i) {
    uint64_t first = random();
    pid_t child = in_child([&] {
      for (uint64_t n = 0;; ++n) {
        auto cache = Cache::open(small);
        for (uint64_t k = 0; k < 300; ++k) {
          uint64_t key = (first + n * 300 + k) % kKeys;
          cache->put("unit", test_key(key), test_value(key, size_of(key)), std::chrono::microseconds(key));
        }
        cache->finish(10s);
      }
    });
    std::this_thread::sleep_for(std::chrono::microseconds(500 + random() % 20000));
    kill(child, SIGKILL);
    ASSERT_TRUE(WIFSIGNALED(status_of(child)));
    ++faults_tried;
    auto cache = Cache::open(small);
    found = count_found(*cache, kKeys);
    EXPECT_EQ(cache->counters().errors, 0u) << told.all();
    if (HasFailure())
      return;
  }
  EXPECT_GT(found, 0u) << "the killed ones got nothing done";
  uint64_t bytes = 0;
  for (const std::string &name : folder.data_files())
    bytes += std::filesystem::file_size(name);
  EXPECT_LT(bytes, 3u << 20);
}

TEST_P(CacheFaults, EightProcessesOnOneEmptyCache) {
  for (int round = 0; round < 10; ++round) {
    std::vector<pid_t> children;
    for (uint64_t who = 0; who < 8; ++who)
      children.push_back(in_child([&] {
        auto cache = Cache::open(options());
        for (uint64_t i = 0; i < 100; ++i) // the first 50 are everybody's
          cache->put("unit", test_key(i < 50 ? i : 1000 * who + i), test_value(i, size_of(i)), 10us);
        for (uint64_t i = 0; i < 50; ++i) {
          std::optional<CacheValue> value = cache->get("unit", test_key(i));
          if (value && copy_of(value) != test_value(i, size_of(i)))
            _exit(1);
        }
        cache->finish(30s);
        _exit(cache->counters().errors || cache->counters().dropped_writes ? 2 : 0);
      }));
    for (pid_t child : children)
      EXPECT_EQ(status_of(child), 0);
    auto cache = Cache::open(options());
    for (uint64_t who = 0; who < 8; ++who)
      for (uint64_t i = 0; i < 100; ++i)
        EXPECT_EQ(copy_of(cache->get("unit", test_key(i < 50 ? i : 1000 * who + i))),
                  test_value(i, size_of(i)));
    ++faults_tried;
    std::filesystem::remove_all(folder.inside("cache"));
  }
}

/// The pack's lock, held until this goes away: nobody writes meanwhile.
File locked(const TestFolder &folder) {
  File lock(open(folder.inside("cache/v1/lock").c_str(), O_RDWR | O_CREAT, 0600));
  EXPECT_EQ(flock(lock.fd(), LOCK_EX), 0);
  return lock;
}

TEST_P(CacheFaults, TenThousandQueuedWritesAtTheEnd) {
  CacheOptions small = options();
  small.size_bytes = 1 << 20;
  auto cache = Cache::open(small);
  for (uint64_t i = 0; i < 2000; ++i)
    cache->put("unit", test_key(i), test_value(i, 1000), 10us);
  cache->finish(30s);
  EXPECT_GT(cache->counters().evictions, 0u) << "it is full";

  cache = Cache::open(small);
  File lock = GetParam() == CacheStore::Pack ? locked(folder) : File(); // files are slow enough by themselves
  const CacheCounters &counters = cache->counters();
  uint64_t puts = 0;
  auto queued = [&] { return puts - counters.writes - counters.dropped_writes; };
  for (; queued() < 11000 && puts < 1000000; ++puts) // a batch is counted when all of it is written
    cache->put("unit", test_key(2000 + puts), test_value(puts, 1000), 10us);
  ASSERT_GE(queued(), 10000u);
  lock = File();
  auto begin = std::chrono::steady_clock::now();
  cache->finish(500ms);
  const uint64_t written = counters.writes, dropped = counters.dropped_writes;
  cache.reset();
  auto took = std::chrono::steady_clock::now() - begin;
  EXPECT_LT(took, 1s);
  std::printf("over 10000 of %lu writes queued at the end: %lu written, %lu dropped, %.0f ms\n", puts,
              written, dropped, std::chrono::duration<double, std::milli>(took).count());
  std::this_thread::sleep_for(100ms); // what was being written when the time was up
  uint64_t bytes = 0;
  for (const std::string &name : folder.data_files())
    bytes += std::filesystem::file_size(name);
  EXPECT_LT(bytes, 2u << 20);
  ++faults_tried;
}

TEST_P(CacheFaults, WhatIsQueuedIsBoundedInBytes) {
  auto cache = Cache::open(options());
  File lock = GetParam() == CacheStore::Pack ? locked(folder) : File();
  const CacheCounters &counters = cache->counters();
  std::vector<std::byte> value = test_value(1, 4 << 20);
  for (uint64_t i = 0; i < 64; ++i) { // 256 MiB: the queue holds 64, and one is being written
    cache->put("unit", test_key(i), value, 1us);
    ASSERT_LE(i + 1 - counters.writes - counters.dropped_writes, 16u);
  }
  lock = File();
  cache->finish(30s);
  EXPECT_EQ(counters.writes + counters.dropped_writes, 64u);
  ++faults_tried;
}

TEST_P(CacheFaults, NoMoreFilesCanBeOpened) {
  fill();
  int status = status_of(in_child([&] {
    auto cache = Cache::open(options());
    rlimit none{3, 3};
    setrlimit(RLIMIT_NOFILE, &none);
    count_found(*cache);
    cache->put("unit", test_key(0), test_value(0, 10), 1us);
    cache->finish(5s);
    auto other = Cache::open(options());
    _exit(count_found(*other) == 0 && other->counters().errors == 1 ? 0 : 1);
  }));
  EXPECT_EQ(status, 0);
  expect_survived("no more files");
}

TEST_P(CacheFaults, FilesMayNotGrow) {
  fill();
  int status = status_of(in_child([&] { // would raise SIGXFSZ, which ends a process
    auto cache = Cache::open(options());
    rlimit small{20000, 20000};
    setrlimit(RLIMIT_FSIZE, &small);
    for (uint64_t i = 100; i < 200; ++i)
      cache->put("unit", test_key(i), test_value(i, 30000), 1us);
    cache->finish(10s);
    _exit(cache->counters().dropped_writes > 0 && cache->counters().errors > 0 ? 0 : 1);
  }));
  EXPECT_EQ(status, 0);
  expect_survived("files may not grow");
}

TEST_P(CacheFaults, FullDisk) {
  std::string disk = folder.inside("disk");
  std::filesystem::create_directory(disk);
  if (mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=1m,mode=0700") != 0)
    GTEST_SKIP() << "no tmpfs can be mounted here";
  for (int round = 0; round < 3; ++round) {
    CacheOptions full = options("disk/cache");
    auto cache = Cache::open(full);
    for (uint64_t i = 0; i < 3000; ++i)
      cache->put("unit", test_key(i), test_value(i, size_of(i)), 10us);
    cache->finish(30s);
    EXPECT_GT(cache->counters().dropped_writes, 0u);
    EXPECT_GT(cache->counters().errors, 0u);
    cache = Cache::open(full);
    EXPECT_GT(count_found(*cache, 3000), 50u);
    EXPECT_EQ(cache->counters().errors, 0u);
    ++faults_tried;
  }
  umount2(disk.c_str(), MNT_DETACH);
  EXPECT_NE(told.all().find("No space left"), std::string::npos) << told.all();
}

TEST(CacheFolders, AStoppedWriterHoldsNobodyUp) {
  TestFolder folder;
  CacheOptions options;
  options.folder = folder.inside("cache");
  Cache::open(options);
  File lock = locked(folder);
  auto cache = Cache::open(options);
  for (uint64_t i = 0; i < 10000; ++i)
    cache->put("unit", test_key(i), test_value(i, 100), 1us);
  auto begin = std::chrono::steady_clock::now();
  cache->finish(200ms);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 1s);
  EXPECT_EQ(cache->counters().writes, 0u);
  std::this_thread::sleep_for(100ms);
  EXPECT_EQ(cache->counters().dropped_writes, 10000u);
  ++faults_tried;
}

// --- Folders

/// Opens a cache in the folder and says what it told.
std::string told_of(const TestFolder &folder, bool expect_refused) {
  Told told;
  CacheOptions options;
  options.folder = folder.inside("cache");
  options.say = told.sink();
  auto cache = Cache::open(options);
  cache->put("unit", test_key(0), test_value(0, 100), 1us);
  EXPECT_EQ(cache->get("unit", test_key(5)).has_value(), !expect_refused);
  cache->finish(10s);
  EXPECT_EQ(cache->counters().errors, expect_refused ? 1u : 0u) << told.all();
  EXPECT_EQ(cache->counters().writes, 0u) << "refused, or cannot be written";
  ++faults_tried;
  return told.all();
}

struct FilledFolder : TestFolder {
  FilledFolder() {
    CacheOptions options;
    options.folder = inside("cache");
    auto cache = Cache::open(options);
    cache->put("unit", test_key(5), test_value(5, 100), 1us);
    cache->finish(10s);
  }
};

TEST(CacheFolders, FoldersThatOthersCanWriteAreRefused) {
  for (const char *name : {"cache", "cache/v1"})
    for (mode_t mode : {0777, 0770, 0702}) {
      FilledFolder folder;
      chmod(folder.inside(name).c_str(), mode);
      EXPECT_NE(told_of(folder, true).find("can be written by others"), std::string::npos);
    }
}

TEST(CacheFolders, FoldersOfOthersAreRefused) {
  if (geteuid() != 0)
    GTEST_SKIP() << "only root can give a folder away";
  for (const char *name : {"cache", "cache/v1"}) {
    FilledFolder folder;
    ASSERT_EQ(chown(folder.inside(name).c_str(), 12345, 12345), 0);
    EXPECT_NE(told_of(folder, true).find("belongs to another user"), std::string::npos);
  }
}

TEST(CacheFolders, AFolderThatCannotBeWrittenIsRead) {
  FilledFolder folder;
  std::string told;
  if (geteuid() == 0) { // root may write anywhere; not on a read-only file system
    std::string cache = folder.inside("cache");
    if (mount(cache.c_str(), cache.c_str(), nullptr, MS_BIND, nullptr) != 0)
      GTEST_SKIP() << "nothing can be mounted here";
    mount(nullptr, cache.c_str(), nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr);
    told = told_of(folder, false);
    umount2(cache.c_str(), MNT_DETACH);
  } else {
    chmod(folder.inside("cache/v1").c_str(), 0500);
    told = told_of(folder, false);
    chmod(folder.inside("cache/v1").c_str(), 0700);
  }
  EXPECT_NE(told.find("only read"), std::string::npos) << told;
}

TEST(CacheFolders, AnotherSchemaIsAnotherFolder) {
  FilledFolder folder;
  std::filesystem::rename(folder.inside("cache/v1"), folder.inside("cache/v2"));
  CacheOptions options;
  options.folder = folder.inside("cache");
  auto cache = Cache::open(options);
  EXPECT_FALSE(cache->get("unit", test_key(5)));
  EXPECT_EQ(cache->counters().errors, 0u);
  cache.reset();
  EXPECT_TRUE(std::filesystem::exists(folder.inside("cache/v2/index"))) << "other versions may be in use";
  ++faults_tried;
}

TEST(CacheFolders, TimesOfUseInTheFutureAndAtTheBeginning) {
  TestFolder folder;
  CacheOptions options;
  options.folder = folder.inside("cache");
  options.size_bytes = 2 << 20;
  auto put = [&](uint64_t first, uint64_t last) {
    auto cache = Cache::open(options);
    for (uint64_t i = first; i < last; ++i)
      cache->put("unit", test_key(i), test_value(i, 4000), 10us);
    cache->finish(10s);
    EXPECT_EQ(cache->counters().dropped_writes, 0u);
  };
  for (uint32_t used : {UINT32_MAX, now_minutes() + 60 * 24 * 365, 0u, 1u}) {
    put(0, 300);
    bool broken;
    File folder_file(open(folder.inside("cache/v1").c_str(), O_RDONLY | O_DIRECTORY));
    std::optional<Index> index = Index::open(folder_file, O_RDWR, broken);
    ASSERT_TRUE(index);
    index->for_each([&](uint64_t bucket, size_t number, const Slot &slot) {
      Slot changed = slot;
      changed.used = used;
      changed.seal();
      index->write(bucket, number, changed);
      ++faults_tried;
    });
    uint64_t found = 0;
    {
      auto cache = Cache::open(options);
      for (uint64_t i = 0; i < 300; ++i)
        found += cache->get("unit", test_key(i)).has_value();
      cache->finish(10s);
    }
    EXPECT_GT(found, 200u);
    unsigned corrected = 0;
    index = Index::open(folder_file, O_RDONLY, broken);
    index->for_each([&](uint64_t, size_t, const Slot &slot) {
      corrected += slot.used <= now_minutes() && now_minutes() - slot.used < 10;
    });
    EXPECT_EQ(corrected, found) << "a use puts a wrong time right";
    put(1000, 1600); // more than there is room for
    auto cache = Cache::open(options);
    EXPECT_TRUE(cache->get("unit", test_key(1599)));
  }
}

} // namespace
