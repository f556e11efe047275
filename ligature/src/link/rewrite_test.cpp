// SPDX-License-Identifier: MIT
#include "link/rewrite.h"

#include "link/link_graph.h"

#include <llvm/ExecutionEngine/JITLink/x86_64.h>

#include <gtest/gtest.h>

using namespace ligature;
namespace jitlink = llvm::jitlink;
namespace x86_64 = llvm::jitlink::x86_64;
LLVM_ENABLE_BITMASK_ENUMS_IN_NAMESPACE();

namespace {

/// f: call a; call b; ret
const char kCode[] = "\xe8\0\0\0\0\xe8\0\0\0\0\xc3";

struct TwoCallGraph {
  std::unique_ptr<Graph> graph = std::make_unique<Graph>("unit", llvm::Triple("x86_64-unknown-linux-gnu"), 8,
                                                         llvm::endianness::little, x86_64::getEdgeKindName);
  GraphSymbol *f, *a, *b;
  TwoCallGraph() {
    auto &section = graph->createSection(".text", llvm::orc::MemProt::Read | llvm::orc::MemProt::Exec);
    auto &block = graph->createContentBlock(section, {kCode, sizeof kCode - 1}, {}, 16, 0);
    f = &graph->addDefinedSymbol(block, 0, "f_0", 11, jitlink::Linkage::Strong, jitlink::Scope::Default, true,
                                 false);
    a = &graph->addExternalSymbol("a_0", 0, false);
    b = &graph->addExternalSymbol("b_0", 0, false);
    block.addEdge(x86_64::BranchPCRel32, 1, *a, 0);
    block.addEdge(x86_64::BranchPCRel32, 6, *b, 0);
  }
};

size_t externals(Graph &graph) {
  return static_cast<size_t>(std::distance(graph.external_symbols().begin(), graph.external_symbols().end()));
}

RewritePlan plan(std::function<std::expected<Binding, std::string>(std::string_view)> resolve,
                 Ownership ownership = Ownership::Owned) {
  return {{{"f_0", "f#1", ownership}}, std::move(resolve)};
}

TEST(Rewrite, GivesTwoCallsToOneFunctionOneTarget) {
  TwoCallGraph g;
  static int area;
  auto symbols = rewrite(*g.graph, plan([](std::string_view) -> std::expected<Binding, std::string> {
    return Binding{{}, &area, "area#1"};
  }));
  ASSERT_TRUE(static_cast<bool>(symbols));
  EXPECT_EQ(externals(*g.graph), 0u);
  auto absolutes = g.graph->absolute_symbols();
  EXPECT_EQ(std::distance(absolutes.begin(), absolutes.end()), 1);
  EXPECT_EQ((*symbols)[0]->getName(), "f#1");
  EXPECT_EQ(print_graph(*g.graph, "f"), "graph f\nsection .text, 11 bytes\n  f#1, 11 bytes\n"
                                        "    call -> external area#1\n    call -> external area#1\n");
}

TEST(Rewrite, CallToOwnDefinitionStaysHere) {
  TwoCallGraph g;
  auto symbols = rewrite(*g.graph, plan([](std::string_view) -> std::expected<Binding, std::string> {
    return Binding{"f_0", nullptr, ""};
  }));
  ASSERT_TRUE(static_cast<bool>(symbols));
  EXPECT_NE(print_graph(*g.graph, "f").find("call -> f#1 (here)"), std::string::npos);
  EXPECT_EQ(externals(*g.graph), 0u);
}

TEST(Rewrite, CopyItDoesNotOwnBecomesAnonymous) {
  TwoCallGraph g;
  auto symbols = rewrite(*g.graph, plan(
                                       [](std::string_view) -> std::expected<Binding, std::string> {
                                         return Binding{"f_0", nullptr, ""};
                                       },
                                       Ownership::Copy));
  ASSERT_TRUE(static_cast<bool>(symbols));
  EXPECT_FALSE(g.f->hasName());
}

TEST(Rewrite, AsksInTheOrderOfNamesAndStopsAtTheFirstFailure) {
  TwoCallGraph g;
  std::vector<std::string> asked;
  auto symbols = rewrite(*g.graph, plan([&](std::string_view name) -> std::expected<Binding, std::string> {
    asked.emplace_back(name);
    return std::unexpected("no " + std::string(name));
  }));
  EXPECT_EQ(llvm::toString(symbols.takeError()), "no a_0");
  EXPECT_EQ(asked, std::vector<std::string>{"a_0"});
}

TEST(Rewrite, DefinitionThatTheObjectLacksIsAnError) {
  TwoCallGraph g;
  RewritePlan p = plan(
      [](std::string_view) -> std::expected<Binding, std::string> { return Binding{"f_0", nullptr, ""}; });
  p.definitions[0].symbol = "lost_0";
  auto symbols = rewrite(*g.graph, p);
  EXPECT_EQ(llvm::toString(symbols.takeError()),
            "object: does not define 'lost_0', which link info says it does");
}

TEST(LinkGraph, RunsWhatWasRewrittenAndGivesMemoryBack) {
  auto slabs = Slabs::create({64 << 20, kCode});
  ASSERT_TRUE(slabs);
  static int calls;
  calls = 0; // when tests are repeated
  auto count = +[] { ++calls; };
  TwoCallGraph g;
  auto symbols = rewrite(*g.graph, plan([&](std::string_view) -> std::expected<Binding, std::string> {
    return Binding{{}, reinterpret_cast<void *>(count), "count"};
  }));
  ASSERT_TRUE(static_cast<bool>(symbols));
  shorten_edges(*g.graph, [&](const void *address) { return (*slabs)->in_reach(address); });
  auto code = link_graph(std::move(g.graph), *symbols, **slabs);
  ASSERT_TRUE(static_cast<bool>(code));
  EXPECT_EQ((*slabs)->use().used, sizeof kCode - 1); // no table, no jump stub
  ASSERT_EQ(code->functions.size(), 1u);
  EXPECT_EQ(code->functions[0].name, "f#1");
  auto entry = reinterpret_cast<void (*)()>(code->addresses[0]);
  asm volatile("subq $8, %%rsp; call *%0; addq $8, %%rsp" ::"r"(entry)
               : "memory", "cc", "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10",
                 "r11"); // f makes its calls with the stack it gets
  EXPECT_EQ(calls, 2);
  code->memory.reset();
  EXPECT_EQ((*slabs)->use().used, 0u);
}

TEST(LinkGraph, FarTargetsGoThroughATableAndAStub) {
  auto slabs = Slabs::create({64 << 20, nullptr});
  ASSERT_TRUE(slabs);
  TwoCallGraph g;
  auto *far = reinterpret_cast<void *>(uintptr_t{0x1234});
  auto symbols = rewrite(*g.graph, plan([&](std::string_view) -> std::expected<Binding, std::string> {
    return Binding{{}, far, "far"};
  }));
  ASSERT_TRUE(static_cast<bool>(symbols));
  ASSERT_FALSE((*slabs)->in_reach(far));
  shorten_edges(*g.graph, [&](const void *address) { return (*slabs)->in_reach(address); });
  auto code = link_graph(std::move(g.graph), *symbols, **slabs);
  ASSERT_TRUE(static_cast<bool>(code));
  EXPECT_GT(code->memory.bytes(), sizeof kCode);
}

TEST(LinkGraph, WhatIsStillUndefinedIsALoudError) {
  auto slabs = Slabs::create({64 << 20, nullptr});
  ASSERT_TRUE(slabs);
  TwoCallGraph g;
  g.f->setLive(true);
  auto code = link_graph(std::move(g.graph), {g.f}, **slabs);
  EXPECT_EQ(llvm::toString(code.takeError()), "object: 'a_0' is still undefined after rewriting");
  EXPECT_EQ((*slabs)->use().used, 0u);
}

TEST(LinkGraph, OutOfMemoryIsAnErrorAndLeavesNothingBehind) {
  auto slabs = Slabs::create({64 << 10, nullptr});
  ASSERT_TRUE(slabs);
  Graph *graph;
  auto big = std::make_unique<Graph>("unit", llvm::Triple("x86_64-unknown-linux-gnu"), 8,
                                     llvm::endianness::little, x86_64::getEdgeKindName);
  graph = big.get();
  auto &section = graph->createSection(".data", llvm::orc::MemProt::Read | llvm::orc::MemProt::Write);
  auto &block = graph->createZeroFillBlock(section, 1 << 20, {}, 16, 0);
  auto &symbol = graph->addDefinedSymbol(block, 0, "d", 8, jitlink::Linkage::Strong, jitlink::Scope::Default,
                                         false, true);
  auto code = link_graph(std::move(big), {&symbol}, **slabs);
  EXPECT_NE(llvm::toString(code.takeError()).find("no room for 1048576 bytes"), std::string::npos);
  EXPECT_EQ((*slabs)->use().used, 0u);
}

} // namespace
