// SPDX-License-Identifier: MIT
#include "profile/jitdump.h"
#include "profile/output_file.h"
#include "profile/perf_map.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <latch>
#include <thread>
#include <vector>

using namespace ligature;

namespace {

constexpr char kCode[] = "\x55\x48\x89\xe5\x5d\xc3"; // push rbp; mov rbp, rsp; pop rbp; ret
int method;

CodeRange range(const char *name) {
  return {.begin = reinterpret_cast<uintptr_t>(kCode),
          .end = reinterpret_cast<uintptr_t>(kCode) + 6,
          .name = name,
          .lines = PackedLines(
              LineTable{{{0, 1, 0}, {4, 3, 0}, {5, 0, LineScope::kNone}}, {{0, LineScope::kNone, 0}}}),
          .positions = std::make_shared<const std::vector<const void *>>(std::vector<const void *>{&method})};
}

SourcePlace place(const void *) {
  return {"f", "a.x", 10};
}

std::string contents(const std::string &path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

template <class Integer> Integer take(std::string &bytes) {
  Integer value;
  std::memcpy(&value, bytes.data(), sizeof value);
  bytes.erase(0, sizeof value);
  return value;
}

TEST(PerfMap, HasALineForEachFunction) {
  auto map = make_perf_map();
  ASSERT_TRUE(map) << map.error();
  CodeRange f = range("f#1"), g = range("g#1.boxed");
  const CodeRange *functions[] = {&f, &g};
  (*map)->code_added(functions, place);
  std::string path = "/tmp/perf-" + std::to_string(getpid()) + ".map";
  char expected[100];
  std::snprintf(expected, sizeof expected, "%lx 6 f#1\n%lx 6 g#1.boxed\n", f.begin, g.begin);
  EXPECT_EQ(contents(path), expected);
  std::filesystem::remove(path);
}

TEST(OutputFile, ManyThreadsAreToldOfAFullDiskOnce) {
  if (access("/dev/full", W_OK) != 0)
    GTEST_SKIP() << "no /dev/full here";
  testing::internal::CaptureStderr();
  for (int round = 0; round < 30; ++round) {
    auto file = OutputFile::create("/dev/full");
    ASSERT_TRUE(file) << file.error();
    std::latch all(4);
    auto work = [&] {
      all.arrive_and_wait();
      (*file)->write("record");
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
      threads.emplace_back(work);
    for (std::thread &thread : threads)
      thread.join();
  }
  std::string told = testing::internal::GetCapturedStderr();
  EXPECT_EQ(std::count(told.begin(), told.end(), '\n'), 30) << told.substr(0, 1000);
}

TEST(JitDump, EndsWithARecordThatClosesIt) {
  std::string folder = testing::TempDir();
  auto dump = make_jitdump(folder);
  ASSERT_TRUE(dump) << dump.error();
  CodeRange f = range("f#1");
  const CodeRange *one = &f;
  (*dump)->code_added({&one, 1}, place);
  *dump = nullptr;
  std::string path = folder + "/jit-" + std::to_string(getpid()) + ".dump";
  std::string bytes = contents(path);
  std::filesystem::remove(path);
  bytes.erase(0, 40);                   // header: the lit test reads it
  EXPECT_EQ(take<uint32_t>(bytes), 2u); // lines
  EXPECT_EQ(take<uint32_t>(bytes), 16u + 16 + 2 * (16 + 4));
  take<uint64_t>(bytes);
  EXPECT_EQ(take<uint64_t>(bytes), f.begin);
  EXPECT_EQ(take<uint64_t>(bytes), 2u);
  for (auto [offset, line] : {std::pair(0, 11), std::pair(4, 13)}) {
    EXPECT_EQ(take<uint64_t>(bytes), f.begin + static_cast<uint64_t>(offset));
    EXPECT_EQ(take<uint32_t>(bytes), static_cast<uint32_t>(line));
    take<uint32_t>(bytes);
    EXPECT_EQ(bytes.substr(0, 4), std::string("a.x\0", 4));
    bytes.erase(0, 4);
  }
  EXPECT_EQ(take<uint32_t>(bytes), 0u); // load
  EXPECT_EQ(take<uint32_t>(bytes), 16u + 40 + 4 + 6);
  bytes.erase(0, 8 + 40);
  EXPECT_EQ(bytes.substr(0, 10), std::string("f#1\0", 4) + kCode);
  bytes.erase(0, 10);
  EXPECT_EQ(take<uint32_t>(bytes), 3u); // close
  EXPECT_EQ(take<uint32_t>(bytes), 16u);
  EXPECT_EQ(bytes.size(), 8u);
}

TEST(JitDump, SaysWhatCannotBeWritten) {
  auto dump = make_jitdump("/nowhere");
  ASSERT_FALSE(dump);
  EXPECT_NE(dump.error().find(".dump cannot be written: No such file or directory"), std::string::npos);
}

} // namespace
