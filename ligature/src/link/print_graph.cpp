// SPDX-License-Identifier: MIT
#include "link/graph_edit.h"

#include <llvm/ExecutionEngine/JITLink/x86_64.h>

#include <algorithm>

namespace ligature {
namespace {

namespace jitlink = llvm::jitlink;
namespace x86_64 = llvm::jitlink::x86_64;

const char *edge_word(jitlink::Edge::Kind kind) {
  switch (kind) {
  case x86_64::BranchPCRel32:
    return "call";
  case x86_64::RequestGOTAndTransformToPCRel32GOTLoadREXRelaxable:
  case x86_64::RequestGOTAndTransformToPCRel32GOTLoadRelaxable:
  case x86_64::RequestGOTAndTransformToDelta32:
    return "load";
  case x86_64::Delta32:
  case x86_64::PCRel32:
    return "relative";
  case x86_64::Pointer64:
    return "pointer";
  default:
    return x86_64::getEdgeKindName(kind);
  }
}

std::string target_text(const GraphSymbol &symbol) {
  if (!symbol.isDefined())
    return "external " + symbol.getName().str();
  std::string name =
      symbol.hasName() ? symbol.getName().str() : symbol.getBlock().getSection().getName().str();
  return name + " (here)";
}

/// The named symbols of a block by offset: its functions, or data.
std::vector<const GraphSymbol *> symbols_in(Graph &graph, const jitlink::Block &block) {
  std::vector<const GraphSymbol *> symbols;
  for (const GraphSymbol *symbol : graph.defined_symbols())
    if (&symbol->getBlock() == &block && symbol->hasName() && symbol->getSize() > 0)
      symbols.push_back(symbol);
  std::sort(symbols.begin(), symbols.end(), [](auto *a, auto *b) {
    return std::pair(a->getOffset(), a->getName()) < std::pair(b->getOffset(), b->getName());
  });
  return symbols;
}

void print_block(Graph &graph, jitlink::Block &block, llvm::raw_ostream &out) {
  out << "section " << block.getSection().getName() << ", " << block.getSize() << " bytes\n";
  auto symbols = symbols_in(graph, block);
  std::vector<const jitlink::Edge *> edges;
  for (const jitlink::Edge &edge : block.edges())
    edges.push_back(&edge);
  std::sort(edges.begin(), edges.end(), [](auto *a, auto *b) { return a->getOffset() < b->getOffset(); });
  auto next = symbols.begin();
  auto print_symbols_up_to = [&](uint64_t offset) {
    for (; next != symbols.end() && (*next)->getOffset() <= offset; ++next)
      out << "  " << (*next)->getName() << ", " << (*next)->getSize() << " bytes\n";
  };
  for (const jitlink::Edge *edge : edges) {
    print_symbols_up_to(edge->getOffset());
    out << "    " << edge_word(edge->getKind()) << " -> " << target_text(edge->getTarget()) << '\n';
  }
  print_symbols_up_to(block.getSize());
}

} // namespace

std::string print_graph(Graph &graph, llvm::StringRef title) {
  std::vector<jitlink::Block *> blocks;
  for (jitlink::Section &section : graph.sections())
    if (section.getMemLifetime() != llvm::orc::MemLifetime::NoAlloc)
      blocks.insert(blocks.end(), section.blocks().begin(), section.blocks().end());
  std::sort(blocks.begin(), blocks.end(), [](auto *a, auto *b) {
    return std::pair(a->getSection().getOrdinal(), a->getAddress()) <
           std::pair(b->getSection().getOrdinal(), b->getAddress());
  });
  std::string text;
  llvm::raw_string_ostream out(text);
  out << "graph " << title << '\n';
  for (jitlink::Block *block : blocks)
    if (block->getSize() > 0)
      print_block(graph, *block, out);
  return text;
}

} // namespace ligature
