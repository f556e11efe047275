// SPDX-License-Identifier: MIT
#include "ligature/entries.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

using namespace ligature;

namespace {

char shims[5], code[16];
const InvokeAddresses kShims{&shims[0], &shims[1], &shims[2], &shims[3], &shims[4]};

TEST(InvokeAddresses, EveryAbiHasItsAddressAndBack) {
  for (Abi abi : {Abi::Args, Abi::Const, Abi::SParam, Abi::Interpreted})
    EXPECT_EQ(kShims.abi_of_invoke(kShims.invoke_of_abi(abi)), abi);
  EXPECT_EQ(kShims.invoke_of_abi(Abi::SpecSig), nullptr);
  EXPECT_EQ(kShims.abi_of_invoke(&code[0]), Abi::SpecSig);
  EXPECT_EQ(kShims.abi_of_invoke(nullptr), std::nullopt);
  EXPECT_EQ(kShims.abi_of_invoke(kShims.waiting), std::nullopt);
}

TEST(Publish, GoesThroughTheStates) {
  Entry entry;
  EXPECT_EQ(entry_state(entry, kShims), EntryState::NotCompiled);
  EXPECT_TRUE(mark_waiting(entry, kShims));
  EXPECT_FALSE(mark_waiting(entry, kShims));
  EXPECT_EQ(entry_state(entry, kShims), EntryState::Waiting);
  EXPECT_FALSE(read_published(entry, kShims));
  EXPECT_TRUE(publish(entry, kShims, {Abi::SpecSig, &code[0], &code[1]}));
  EXPECT_EQ(entry_state(entry, kShims), EntryState::Published);
  auto read = read_published(entry, kShims);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->abi, Abi::SpecSig);
  EXPECT_EQ(read->invoke, &code[0]);
  EXPECT_EQ(read->specptr, &code[1]);
  EXPECT_FALSE(clear_waiting(entry, kShims));
}

TEST(Publish, SecondOneLoses) {
  Entry entry;
  EXPECT_TRUE(publish(entry, kShims, {Abi::Args, nullptr, &code[1]}));
  EXPECT_FALSE(publish(entry, kShims, {Abi::SpecSig, &code[2], &code[3]}));
  EXPECT_FALSE(publish(entry, kShims, {Abi::Interpreted}));
  EXPECT_EQ(read_published(entry, kShims)->specptr, &code[1]);
  EXPECT_EQ(entry.flags & Entry::kSpecialised, 0);
}

TEST(Publish, InterpretedMayGetCodeLater) {
  Entry entry;
  EXPECT_TRUE(publish(entry, kShims, {Abi::Interpreted}));
  EXPECT_EQ(read_published(entry, kShims)->abi, Abi::Interpreted);
  EXPECT_TRUE(publish(entry, kShims, {Abi::SpecSig, &code[2], &code[3]}));
  EXPECT_EQ(read_published(entry, kShims)->abi, Abi::SpecSig);
}

TEST(Publish, OnlyAnEquivalentReplacesCode) {
  Entry entry;
  publish(entry, kShims, {Abi::Args, nullptr, &code[1]});
  EXPECT_FALSE(replace_equivalent(entry, &code[5], &code[6]));
  EXPECT_TRUE(replace_equivalent(entry, &code[1], &code[6]));
  EXPECT_EQ(read_published(entry, kShims)->specptr, &code[6]);
}

// Many writers with different ABIs, many readers: whatever a reader sees is one writer's pair.
TEST(Publish, RacingThreadsNeverSeeTwoPublicationsMixed) {
  for (int round = 0; round < 100; ++round) {
    Entry entry;
    std::atomic<bool> go{false};
    std::atomic<int> winners{0};
    std::vector<std::thread> threads;
    for (int w = 0; w < 3; ++w)
      threads.emplace_back([&, w] {
        while (!go)
          std::this_thread::yield();
        bool spec = w != 0;
        Publication mine{spec ? Abi::SpecSig : Abi::Args, &code[w], &code[w + 8]};
        winners += publish(entry, kShims, mine);
      });
    threads.emplace_back([&] {
      while (!go)
        std::this_thread::yield();
      std::optional<Publication> seen;
      while (!(seen = read_published(entry, kShims)))
        std::this_thread::yield();
      int writer = static_cast<int>(static_cast<char *>(seen->specptr) - code) - 8;
      EXPECT_EQ(seen->abi, writer == 0 ? Abi::Args : Abi::SpecSig);
      EXPECT_EQ(seen->invoke, writer == 0 ? kShims.args : &code[writer]);
    });
    go = true;
    for (auto &thread : threads)
      thread.join();
    EXPECT_EQ(winners, 1);
  }
}

} // namespace
