// SPDX-License-Identifier: MIT
#include "space/names.h"

#include <algorithm>
#include <set>

namespace ligature {
namespace {

namespace jitlink = llvm::jitlink;

struct Candidate {
  size_t graph = 0;
  GraphSymbol *symbol = nullptr;
};
using Candidates = std::map<std::string, std::vector<Candidate>, std::less<>>;

bool is_weak(const Candidate &candidate) {
  return candidate.symbol->getLinkage() == jitlink::Linkage::Weak;
}

Candidates candidates_of(const std::vector<SpaceGraph> &graphs) {
  Candidates candidates;
  for (size_t i = 0; i < graphs.size(); ++i)
    for (GraphSymbol *symbol : graphs[i].graph->defined_symbols())
      if (symbol->hasName() && symbol->getScope() != jitlink::Scope::Local)
        candidates[symbol->getName().str()].push_back({i, symbol});
  return candidates;
}

/// Of a common variable the largest counts, as all share it.
bool is_better(const Candidate &a, const Candidate &b) {
  if (is_weak(a) != is_weak(b))
    return is_weak(b);
  return a.symbol->getBlock().isZeroFill() && b.symbol->getBlock().isZeroFill() &&
         a.symbol->getSize() > b.symbol->getSize();
}

GraphSymbol &external(Graph &graph, const GraphSymbol &like) {
  for (GraphSymbol *symbol : graph.external_symbols())
    if (symbol->getName() == like.getName())
      return *symbol;
  return graph.addExternalSymbol(like.getName(), 0, /*IsWeaklyReferenced=*/false);
}

/// Sections whose content somebody looks at although nothing refers to it.
void keep_loader_sections(Graph &graph) {
  for (jitlink::Section &section : graph.sections())
    if (section.getName().starts_with(".init_array") || section.getName().starts_with(".fini_array"))
      for (jitlink::Block *block : section.blocks())
        graph.addAnonymousSymbol(*block, 0, block->getSize(), /*IsCallable=*/false, /*IsLive=*/true);
}

/// JITLink itself defines these when the graph is placed.
bool is_of_the_linker(Graph &graph, llvm::StringRef name) {
  if (name == "_GLOBAL_OFFSET_TABLE_")
    return true;
  return (name.consume_front("__start_") || name.consume_front("__stop_")) && graph.findSectionByName(name);
}

std::string shown(llvm::StringRef name) {
  if (name.consume_front("__emutls_v."))
    return ("thread-local '" + name + "'").str();
  return ("'" + name + "'").str();
}

llvm::Error list_error(llvm::StringRef what, const std::set<std::string> &items) {
  std::string text = what.str();
  for (const std::string &item : items)
    text += (&item == &*items.begin() ? " " : ", ") + item;
  return llvm::createStringError(text);
}

} // namespace

llvm::Error choose_definitions(std::vector<SpaceGraph> &graphs, const SpaceNames &linked) {
  std::set<std::string> twice;
  std::vector<Retargets> losers(graphs.size());
  for (auto &[name, candidates] : candidates_of(graphs)) {
    bool known = linked.contains(name);
    auto best = std::min_element(candidates.begin(), candidates.end(), is_better);
    for (auto at = candidates.begin(); at != candidates.end(); ++at) {
      if (at == best && !known) {
        at->symbol->setLive(true);
        graphs[at->graph].exported.push_back(at->symbol);
        continue;
      }
      if (!is_weak(*at))
        twice.insert("'" + name + "' (" + graphs[at->graph].name + " and " +
                     (known ? "an earlier module" : graphs[best->graph].name) + ")");
      Graph &graph = *graphs[at->graph].graph;
      losers[at->graph][at->symbol] = &external(graph, *at->symbol);
    }
  }
  if (!twice.empty())
    return list_error("defined twice:", twice);
  for (size_t i = 0; i < graphs.size(); ++i) {
    retarget(*graphs[i].graph, losers[i]);
    for (auto &[loser, winner] : losers[i])
      make_anonymous(*loser);
    keep_loader_sections(*graphs[i].graph);
  }
  return llvm::Error::success();
}

llvm::Error bind_externals(std::vector<SpaceGraph> &graphs, const SpaceNames &linked,
                           const std::function<void *(llvm::StringRef)> &resolve) {
  std::set<std::string, std::less<>> here;
  for (const SpaceGraph &graph : graphs)
    for (const GraphSymbol *symbol : graph.exported)
      here.insert(symbol->getName().str());
  std::map<std::string, void *, std::less<>> answers; // each name is asked for once
  std::set<std::string> undefined;
  for (SpaceGraph &member : graphs) {
    Retargets targets;
    for (GraphSymbol *symbol : externals_of(*member.graph)) {
      llvm::StringRef name = symbol->getName();
      if (name.empty() || here.contains(name) || is_of_the_linker(*member.graph, name))
        continue;
      auto known = linked.find(name);
      if (known == linked.end()) {
        known = answers.find(name);
        if (known == answers.end())
          known = answers.emplace(name.str(), resolve(name)).first;
      }
      if (!known->second && !symbol->isWeaklyReferenced()) {
        undefined.insert(shown(name) + " (in " + member.name + ")");
        continue;
      }
      targets[symbol] =
          &member.graph->addAbsoluteSymbol(name, llvm::orc::ExecutorAddr::fromPtr(known->second), 0,
                                           jitlink::Linkage::Strong, jitlink::Scope::Local, /*IsLive=*/true);
    }
    retarget(*member.graph, targets);
  }
  return undefined.empty() ? llvm::Error::success() : list_error("undefined:", undefined);
}

} // namespace ligature
