// SPDX-License-Identifier: MIT
#include "link/graph_edit.h"

#include "link/check_elf.h"

#include <llvm/ExecutionEngine/JITLink/ELF_x86_64.h>
#include <llvm/ExecutionEngine/JITLink/x86_64.h>

#include <algorithm>

namespace ligature {

namespace jitlink = llvm::jitlink;
namespace x86_64 = llvm::jitlink::x86_64;

namespace {

/// Bytes that an edge of that kind changes.
size_t fixup_size(jitlink::Edge::Kind kind) {
  switch (kind) {
  case x86_64::Pointer64:
  case x86_64::Delta64:
  case x86_64::NegDelta64:
  case x86_64::Delta64FromGOT:
  case x86_64::RequestGOTAndTransformToDelta64:
  case x86_64::RequestGOTAndTransformToDelta64FromGOT:
    return 8;
  case x86_64::Pointer16:
    return 2;
  case x86_64::Pointer8:
    return 1;
  default:
    return kind < jitlink::Edge::FirstRelocation ? 0 : 4;
  }
}

bool lies_within(const jitlink::Block &block, uint64_t offset, uint64_t size) {
  return size <= block.getSize() && offset <= block.getSize() - size;
}

/// What the parser believes of an object and the linker writes to: a damaged relocation must not reach beyond
/// its section.
llvm::Error check_extents(Graph &graph) {
  for (jitlink::Block *block : graph.blocks())
    for (const jitlink::Edge &edge : block->edges())
      if (size_t size = fixup_size(edge.getKind());
          size > 0 && (block->isZeroFill() || !lies_within(*block, edge.getOffset(), size)))
        return llvm::createStringError("object: a relocation lies outside of its section");
  for (const GraphSymbol *symbol : graph.defined_symbols())
    if (!lies_within(symbol->getBlock(), symbol->getOffset(), symbol->getSize()))
      return llvm::createStringError("object: '" + symbol->getName() + "' lies outside of its section");
  return llvm::Error::success();
}

} // namespace

llvm::Expected<std::unique_ptr<Graph>> parse_object(llvm::MemoryBufferRef object) {
  if (llvm::Error error = check_elf(object))
    return std::move(error);
  auto graph = jitlink::createLinkGraphFromELFObject_x86_64(object);
  if (!graph)
    return graph.takeError();
  if (llvm::Error error = check_extents(**graph))
    return std::move(error);
  return graph;
}

GraphSymbol &absolute(Graph &graph, llvm::StringRef name, const void *address) {
  auto where = llvm::orc::ExecutorAddr::fromPtr(address);
  for (GraphSymbol *symbol : graph.absolute_symbols())
    if (symbol->getName() == name && symbol->getAddress() == where)
      return *symbol;
  llvm::StringRef kept(graph.allocateCString(name).data(), name.size());
  return graph.addAbsoluteSymbol(kept, where, 0, jitlink::Linkage::Strong, jitlink::Scope::Local, true);
}

std::vector<GraphSymbol *> externals_of(Graph &graph) {
  std::vector<GraphSymbol *> externals(graph.external_symbols().begin(), graph.external_symbols().end());
  std::sort(externals.begin(), externals.end(), [](auto *a, auto *b) { return a->getName() < b->getName(); });
  return externals;
}

void retarget(Graph &graph, const Retargets &targets) {
  for (jitlink::Block *block : graph.blocks())
    for (jitlink::Edge &edge : block->edges())
      if (auto found = targets.find(&edge.getTarget()); found != targets.end())
        edge.setTarget(*found->second);
  for (auto &[from, to] : targets)
    if (from->isExternal())
      graph.removeExternalSymbol(*from);
}

void rename_defined(Graph &graph, GraphSymbol &symbol, llvm::StringRef name) {
  symbol.setName({graph.allocateCString(name).data(), name.size()});
}

void make_anonymous(GraphSymbol &symbol) {
  symbol.setName({});
  symbol.setScope(jitlink::Scope::Local);
}

namespace {

/// `mov reg, [rip + table entry]` becomes `lea reg, [rip + target]`.
bool load_to_lea(Graph &graph, jitlink::Block &block, const jitlink::Edge &edge) {
  constexpr char kMov = static_cast<char>(0x8b), kLea = static_cast<char>(0x8d);
  if (edge.getOffset() < 3 || block.getContent()[edge.getOffset() - 2] != kMov)
    return false;
  block.getMutableContent(graph)[edge.getOffset() - 2] = kLea;
  return true;
}

} // namespace

void shorten_edges(Graph &graph, llvm::function_ref<bool(const void *)> in_reach) {
  for (jitlink::Block *block : graph.blocks())
    for (jitlink::Edge &edge : block->edges()) {
      GraphSymbol &target = edge.getTarget();
      if (!target.isDefined() && !(target.isAbsolute() && in_reach(target.getAddress().toPtr<void *>())))
        continue;
      bool branch = edge.getKind() == x86_64::BranchPCRel32;
      bool load = edge.getKind() == x86_64::RequestGOTAndTransformToPCRel32GOTLoadREXRelaxable;
      if (branch || (load && load_to_lea(graph, *block, edge)))
        edge.setKind(x86_64::PCRel32);
    }
}

} // namespace ligature
