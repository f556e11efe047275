// SPDX-License-Identifier: MIT
#include "memory/slabs.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <random>
#include <vector>

using namespace ligature;

namespace {

std::unique_ptr<Slabs> make(size_t bytes = 64 << 20, const void *anchor = nullptr) {
  auto slabs = Slabs::create({bytes, anchor});
  EXPECT_TRUE(slabs) << slabs.error();
  return std::move(*slabs);
}

size_t count_mappings(const char *permissions) {
  std::ifstream maps("/proc/self/maps");
  size_t count = 0;
  for (std::string line; std::getline(maps, line);)
    count += line.find(permissions) != std::string::npos;
  return count;
}

TEST(Slabs, CodeIsWrittenThroughTheOtherViewAndRuns) {
  auto slabs = make();
  auto piece = slabs->allocate(Segment::Code, 6);
  ASSERT_TRUE(piece);
  EXPECT_NE(piece->address, piece->writable);
  const unsigned char code[] = {0xb8, 42, 0, 0, 0, 0xc3}; // mov eax, 42; ret
  std::memcpy(piece->writable, code, sizeof code);
  EXPECT_EQ(reinterpret_cast<int (*)()>(piece->address)(), 42);
}

TEST(Slabs, NoPageIsWritableAndExecutable) {
  auto slabs = make();
  for (int i = 0; i < 100; ++i)
    ASSERT_TRUE(slabs->allocate(Segment::Code, 3000));
  EXPECT_EQ(count_mappings("rwx"), 0u);
}

TEST(Slabs, CodeThatADebuggerHasWrittenToIsStillReplacedWhenItIsPublished) {
  auto slabs = *Slabs::create({64 << 20, nullptr, true});
  auto first = slabs->allocate(Segment::Code, 6);
  auto second = slabs->allocate(Segment::Code, 6);
  ASSERT_TRUE(first && second);
  int memory = open("/proc/self/mem", O_RDWR);
  auto at = static_cast<off_t>(reinterpret_cast<uintptr_t>(first->address));
  if (pwrite(memory, "\xcc", 1, at) != 1)
    GTEST_SKIP() << "a process may not write to itself here";
  close(memory);
  for (auto [piece, number] : {std::pair(*first, '\1'), std::pair(*second, '\2')}) {
    const char code[] = {'\xb8', number, 0, 0, 0, '\xc3'}; // mov eax, number; ret
    std::memcpy(piece.writable, code, sizeof code);
    slabs->publish(piece);
  }
  EXPECT_EQ(reinterpret_cast<int (*)()>(first->address)(), 1);
  EXPECT_EQ(reinterpret_cast<int (*)()>(second->address)(), 2);
  EXPECT_EQ(count_mappings("rwx"), 0u);
}

TEST(Slabs, MappingsDoNotGrowWithAllocations) {
  auto slabs = make();
  size_t before = count_mappings("ligature-code");
  std::vector<Piece> pieces;
  for (int i = 0; i < 20000; ++i)
    for (Segment segment : {Segment::Code, Segment::Constants, Segment::Data}) {
      pieces.push_back(*slabs->allocate(segment, 100));
      pieces.back().writable[0] = 1;
    }
  EXPECT_EQ(count_mappings("ligature-code"), before);
  EXPECT_EQ(before + 1, slabs->use().mappings); // data is of no file
  for (auto &piece : pieces)
    slabs->deallocate(piece);
  EXPECT_EQ(slabs->use().used, 0u);
  EXPECT_EQ(slabs->use().allocations, 0u);
}

TEST(Slabs, FreedMemoryIsMergedAndUsedAgain) {
  auto slabs = make();
  std::vector<Piece> pieces;
  for (int i = 0; i < 8; ++i)
    pieces.push_back(*slabs->allocate(Segment::Code, 512));
  EXPECT_FALSE(pieces[0].reused);
  size_t mapped = slabs->use().mapped;
  for (int i : {1, 3, 2}) // leaves one hole of three
    slabs->deallocate(pieces[static_cast<size_t>(i)]);
  auto piece = slabs->allocate(Segment::Code, 3 * 512);
  ASSERT_TRUE(piece);
  EXPECT_EQ(piece->address, pieces[1].address);
  EXPECT_TRUE(piece->reused);
  EXPECT_EQ(slabs->use().mapped, mapped);
}

TEST(Slabs, AlignmentIsKept) {
  auto slabs = make();
  for (size_t alignment : {1, 16, 64, 256, 4096}) {
    slabs->allocate(Segment::Constants, 8);
    auto piece = slabs->allocate(Segment::Constants, 24, alignment);
    ASSERT_TRUE(piece);
    EXPECT_EQ(reinterpret_cast<uintptr_t>(piece->address) % std::max<size_t>(alignment, 16), 0u);
  }
}

TEST(Slabs, TooMuchIsAnErrorAndNotACrash) {
  auto slabs = make(1 << 20);
  auto piece = slabs->allocate(Segment::Code, 2 << 20);
  ASSERT_FALSE(piece);
  EXPECT_NE(piece.error().find("no room for"), std::string::npos);
  EXPECT_TRUE(slabs->allocate(Segment::Code, 1000));
}

TEST(Slabs, LiesWithinReachOfTheAnchor) {
  static int near;
  auto slabs = make(size_t{1} << 30, &near);
  EXPECT_TRUE(slabs->in_reach(&near));
}

TEST(Slabs, RandomUseNeverOverlaps) {
  auto slabs = make(4 << 20);
  std::mt19937 random(7);
  std::vector<std::pair<Piece, char>> live;
  for (int i = 0; i < 20000; ++i) {
    if (live.size() < 200 && random() % 2) {
      size_t size = 1 + random() % 900;
      auto piece = slabs->allocate(Segment::Code, size, size_t{1} << random() % 8);
      ASSERT_TRUE(piece);
      std::memset(piece->writable, i & 0x7f, size);
      live.emplace_back(*piece, i & 0x7f);
    } else if (!live.empty()) {
      size_t which = random() % live.size();
      for (size_t byte = 0; byte < live[which].first.size; ++byte)
        ASSERT_EQ(live[which].first.address[byte], live[which].second);
      slabs->deallocate(live[which].first);
      live[which] = live.back();
      live.pop_back();
    }
  }
}

} // namespace
