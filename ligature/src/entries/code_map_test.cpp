// SPDX-License-Identifier: MIT
#include "ligature/code_map.h"

#include <gtest/gtest.h>

#include <random>
#include <thread>

using namespace ligature;

namespace {

std::unique_ptr<CodeRange> range(uintptr_t begin, uintptr_t end, std::string name = "f#1") {
  auto result = std::make_unique<CodeRange>();
  result->begin = begin;
  result->end = end;
  result->name = std::move(name);
  return result;
}

TEST(CodeMap, FindsEachOfManyRangesAddedInAnyOrder) {
  CodeMap map;
  for (uintptr_t i = 0; i < 1000; ++i) {
    uintptr_t at = (i * 7919) % 1000;
    map.add(range(0x1000 + at * 32, 0x1000 + at * 32 + 20, std::to_string(at)));
  }
  EXPECT_EQ(map.size(), 1000u);
  for (uintptr_t i = 0; i < 1000; ++i) {
    ASSERT_NE(map.find(0x1000 + i * 32 + 19), nullptr);
    EXPECT_EQ(map.find(0x1000 + i * 32)->name, std::to_string(i));
    EXPECT_EQ(map.find(0x1000 + i * 32 + 20), nullptr);
  }
  EXPECT_EQ(map.find(0xfff), nullptr);
}

TEST(CodeMap, WhatIsAddedAboveIsFoundAtOnceByThreadsThatLook) {
  CodeMap map;
  constexpr uintptr_t kRanges = 20'000;
  std::atomic<uintptr_t> added{0};
  std::atomic<size_t> wrong{0};
  std::thread reader([&] {
    for (uintptr_t last = 0; last < kRanges;) {
      last = added.load();
      for (uintptr_t i : {uintptr_t{0}, last / 2, last - 1})
        if (last > 0) {
          const CodeRange *found = map.find(0x1000 + i * 32 + 19);
          wrong += !found || found->begin != 0x1000 + i * 32;
        }
    }
  });
  for (uintptr_t i = 0; i < kRanges; ++i) {
    map.add(range(0x1000 + i * 32, 0x1000 + i * 32 + 20));
    added = i + 1;
  }
  reader.join();
  EXPECT_EQ(wrong, 0u);
  EXPECT_EQ(map.size(), kRanges);
}

TEST(CodeMap, RangesThatAreRemovedWhileOthersAreAddedAboveLeaveTheOthers) {
  CodeMap map;
  for (uintptr_t i = 0; i < 1000; ++i) {
    map.add(range(i * 32, i * 32 + 20));
    if (i % 3 != 0)
      EXPECT_TRUE(map.remove(i * 32));
  }
  map.add(range(32 + 21, 32 + 25, "between"));
  for (uintptr_t i = 0; i < 1000; ++i)
    EXPECT_EQ(map.find(i * 32 + 19) != nullptr, i % 3 == 0) << i;
  EXPECT_EQ(map.size(), 335u);
}

TEST(CodeMap, ReusedAddressNeverFindsTheOldRange) {
  CodeMap map;
  map.add(range(100, 200, "old"));
  map.add(range(300, 400, "other"));
  EXPECT_TRUE(map.remove(100));
  EXPECT_FALSE(map.remove(100));
  EXPECT_EQ(map.find(150), nullptr);
  map.add(range(140, 180, "new"));
  EXPECT_EQ(map.find(150)->name, "new");
  EXPECT_EQ(map.find(190), nullptr);
  EXPECT_EQ(map.size(), 2u);
}

TEST(CodeMap, AddressesAboveTheSignBitAreOrdinary) {
  CodeMap map;
  uintptr_t high = ~uintptr_t{0} - 1000;
  map.add(range(high, high + 10, "high"));
  map.add(range(100, 200, "low"));
  EXPECT_EQ(map.find(high + 9)->name, "high");
  EXPECT_EQ(map.find(150)->name, "low");
}

TEST(CodeMap, FramesGoFromTheInlinedCallOutwards) {
  int outer, inner;
  auto f = range(0x1000, 0x1040);
  LineTable table{{{0, 1, 0}, {8, 2, 1}, {16, 6, 0}, {24, 0, LineScope::kNone}},
                  {{0, LineScope::kNone, 0}, {1, 0, 5}}};
  f->lines = PackedLines(table);
  f->positions = std::make_shared<const std::vector<const void *>>(std::vector<const void *>{&outer, &inner});
  SourceFrame frames[4];
  ASSERT_EQ(CodeMap::frames(*f, 0x100a, frames), 2u);
  EXPECT_EQ(frames[0].method, &inner);
  EXPECT_EQ(frames[0].line, 2);
  EXPECT_TRUE(frames[0].inlined);
  EXPECT_EQ(frames[1].method, &outer);
  EXPECT_EQ(frames[1].line, 5);
  EXPECT_FALSE(frames[1].inlined);
  ASSERT_EQ(CodeMap::frames(*f, 0x1017, frames), 1u);
  EXPECT_EQ(frames[0].line, 6);
  EXPECT_EQ(CodeMap::frames(*f, 0x1030, frames), 0u) << "no line";
}

TEST(CodeMap, LinesAreFoundPackedAsTheyAreInTheTable) {
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    LineTable table;
    for (uint32_t i = 0, scopes = 1 + random() % 5; i < scopes; ++i)
      table.scopes.push_back({static_cast<uint32_t>(random() % 9),
                              i == 0 ? LineScope::kNone : static_cast<uint32_t>(random() % i),
                              static_cast<int32_t>(random() % 1000) - 500});
    for (uint32_t offset = random() % 3, rows = random() % 20; table.rows.size() < rows;
         offset += 1 + random() % 300)
      table.rows.push_back(
          {offset, static_cast<int32_t>(random() % 1000) - 100,
           random() % 4 == 0 ? LineScope::kNone : static_cast<uint32_t>(random() % table.scopes.size())});
    PackedLines packed(table);
    EXPECT_EQ(packed.unpack(), table);
    for (uint32_t offset = 0; offset < 4000; offset += 7) {
      const LineRow *row = table.find(offset);
      EXPECT_EQ(packed.find(offset), row ? std::optional(*row) : std::nullopt);
    }
    for (uint32_t i = 0; i < table.scopes.size(); ++i)
      EXPECT_EQ(packed.scope(i), table.scopes[i]);
    EXPECT_FALSE(packed.scope(static_cast<uint32_t>(table.scopes.size())));
  }
}

/// Whatever the bytes are, looking ends, and looks at nothing else.
TEST(CodeMap, DamagedLinesAreNoLines) {
  std::mt19937 random(2);
  for (int round = 0; round < 20000; ++round) {
    std::vector<std::byte> bytes(random() % 40);
    for (std::byte &byte : bytes)
      byte = static_cast<std::byte>(random() % (round % 2 == 0 ? 256 : 8));
    CodeRange damaged;
    damaged.begin = 0x1000, damaged.end = 0x2000;
    damaged.lines = PackedLines(bytes);
    damaged.lines.unpack();
    SourceFrame frames[8];
    for (uintptr_t pc = 0x1000; pc < 0x1040; pc += 5)
      EXPECT_LE(CodeMap::frames(damaged, pc, frames), 8u);
  }
}

TEST(CodeMap, ReadersNeedNoLockWhileOthersWrite) {
  CodeMap map;
  map.add(range(10, 20, "fixed"));
  std::atomic<bool> stop{false};
  std::thread reader([&] {
    while (!stop) {
      const CodeRange *found = map.find(15);
      ASSERT_NE(found, nullptr);
      ASSERT_EQ(found->begin, 10u);
    }
  });
  for (uintptr_t i = 1; i < 2000; ++i) {
    map.add(range(i * 100, i * 100 + 50));
    if (i % 3 == 0)
      map.remove(i * 100);
  }
  stop = true;
  reader.join();
}

TEST(LineTable, RoundTripsAndRejectsDamage) {
  ObjectLines lines;
  lines.functions.push_back(
      {"f_0",
       {{{0, 1, 0}, {4, -3, 1}, {900, 70000, LineScope::kNone}}, {{0, LineScope::kNone, 0}, {2, 0, 12}}}});
  lines.functions.push_back({"g_0", {}});
  auto bytes = write_lines(lines);
  auto read = read_lines(bytes);
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(*read, lines);
  EXPECT_EQ(read->find("f_0")->find(5)->line, -3);
  EXPECT_EQ(read->find("h_0"), nullptr);
  for (size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(read_lines(std::span(bytes).first(size)));
}

} // namespace
