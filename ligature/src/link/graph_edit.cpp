// SPDX-License-Identifier: MIT
#include "link/graph_edit.h"

#include <llvm/ExecutionEngine/JITLink/ELF_x86_64.h>
#include <llvm/ExecutionEngine/JITLink/x86_64.h>

#include <algorithm>

namespace ligature {

namespace jitlink = llvm::jitlink;
namespace x86_64 = llvm::jitlink::x86_64;

llvm::Expected<std::unique_ptr<Graph>> parse_object(llvm::MemoryBufferRef object) {
  return jitlink::createLinkGraphFromELFObject_x86_64(object);
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
