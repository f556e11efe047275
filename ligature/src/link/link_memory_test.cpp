// SPDX-License-Identifier: MIT
// Pieces of graphs that are linked at the same time: none waits for another.
#include "link/link_memory.h"

#include <llvm/ExecutionEngine/JITLink/x86_64.h>

#include <gtest/gtest.h>

#include <future>
#include <thread>

using namespace ligature;
namespace jitlink = llvm::jitlink;
LLVM_ENABLE_BITMASK_ENUMS_IN_NAMESPACE();

namespace {

using InFlight = std::unique_ptr<jitlink::JITLinkMemoryManager::InFlightAlloc>;

std::unique_ptr<jitlink::LinkGraph> make_graph() {
  static const char code[] = "\xc3";
  auto graph =
      std::make_unique<jitlink::LinkGraph>("unit", llvm::Triple("x86_64-unknown-linux-gnu"), 8,
                                           llvm::endianness::little, jitlink::x86_64::getEdgeKindName);
  auto &section = graph->createSection(".text", llvm::orc::MemProt::Read | llvm::orc::MemProt::Exec);
  graph->createContentBlock(section, {code, 1}, {}, 16, 0);
  return graph;
}

InFlight allocate(LinkMemory &memory, jitlink::LinkGraph &graph) {
  InFlight made;
  memory.allocate(nullptr, graph,
                  [&](llvm::Expected<InFlight> allocated) { made = llvm::cantFail(std::move(allocated)); });
  return made; // nothing was waited for: it is there when allocate returns
}

Allocation finalise(InFlight in_flight) {
  Allocation result;
  in_flight->finalize([&](llvm::Expected<jitlink::JITLinkMemoryManager::FinalizedAlloc> done) {
    result = LinkMemory::take(llvm::cantFail(std::move(done)));
  });
  return result;
}

TEST(LinkMemory, FinalisingNeverWaitsForAnAllocationThatIsNotFinalised) {
  auto slabs = std::move(*Slabs::create({16 << 20, nullptr}));
  LinkMemory memory(*slabs);
  auto unfinished_graph = make_graph();
  InFlight unfinished = allocate(memory, *unfinished_graph);
  auto others = std::async(std::launch::async, [&] {
    for (int i = 0; i < 200; ++i) {
      auto graph = make_graph();
      EXPECT_GT(finalise(allocate(memory, *graph)).bytes(), 0u); // given back at once: used again by the next
    }
  });
  ASSERT_EQ(others.wait_for(std::chrono::minutes(1)), std::future_status::ready);
  EXPECT_EQ(slabs->use().allocations, 1u);
  EXPECT_GT(finalise(std::move(unfinished)).bytes(), 0u);
  EXPECT_EQ(slabs->use().allocations, 0u);
}

TEST(LinkMemory, WhatIsAbandonedIsGivenBackAtOnce) {
  auto slabs = std::move(*Slabs::create({16 << 20, nullptr}));
  LinkMemory memory(*slabs);
  auto graph = make_graph();
  InFlight in_flight = allocate(memory, *graph);
  EXPECT_EQ(slabs->use().allocations, 1u);
  in_flight->abandon([](llvm::Error error) { llvm::cantFail(std::move(error)); });
  EXPECT_EQ(slabs->use().allocations, 0u);
}

} // namespace
