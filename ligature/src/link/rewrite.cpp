// SPDX-License-Identifier: MIT
#include "link/rewrite.h"

#include <llvm/ADT/StringMap.h>

namespace ligature {
namespace {

using SymbolsByName = llvm::StringMap<GraphSymbol *>;

SymbolsByName defined_by_name(Graph &graph) {
  SymbolsByName symbols;
  for (GraphSymbol *symbol : graph.defined_symbols())
    if (symbol->hasName())
      symbols[symbol->getName()] = symbol;
  return symbols;
}

llvm::Error missing(llvm::StringRef symbol) {
  return llvm::createStringError("object: does not define '" + symbol + "', which link info says it does");
}

llvm::Error repoint_externals(Graph &graph, const RewritePlan &plan, const SymbolsByName &defined) {
  Retargets targets;
  for (GraphSymbol *external : externals_of(graph)) { // the client is asked in this order
    std::expected<Binding, std::string> binding = plan.resolve(external->getName());
    if (!binding)
      return llvm::createStringError(binding.error());
    if (binding->here.empty()) {
      targets[external] = &absolute(graph, binding->name, binding->address);
      continue;
    }
    GraphSymbol *here = defined.lookup(binding->here);
    if (!here)
      return missing(binding->here);
    targets[external] = here;
  }
  retarget(graph, targets);
  return llvm::Error::success();
}

} // namespace

llvm::Expected<std::vector<GraphSymbol *>> rewrite(Graph &graph, const RewritePlan &plan) {
  SymbolsByName defined = defined_by_name(graph);
  if (llvm::Error error = repoint_externals(graph, plan, defined))
    return error;
  std::vector<GraphSymbol *> symbols;
  for (const DefinedName &definition : plan.definitions) {
    GraphSymbol *symbol = defined.lookup(definition.symbol);
    if (!symbol)
      return missing(definition.symbol);
    if (definition.ownership == Ownership::Owned) {
      rename_defined(graph, *symbol, definition.session_name);
      symbol->setLive(true);
    } else {
      make_anonymous(*symbol);
    }
    symbols.push_back(symbol);
  }
  return symbols;
}

} // namespace ligature
