// SPDX-License-Identifier: MIT
//
// Runs JITLink on a rewritten graph, on this thread, start to end: nothing is looked up (rewriting left no
// external), so there is nothing to wait for.
#pragma once

#include "link/graph_edit.h"
#include "link/link_memory.h"

namespace ligature {

/// A function in its place.
struct PlacedFunction {
  std::string name; ///< empty for anonymous ones
  uintptr_t begin = 0;
  size_t size = 0;
};

struct LinkedCode {
  Allocation memory;
  std::vector<void *> addresses;         ///< of the symbols asked for, in their order; null if dropped
  std::vector<PlacedFunction> functions; ///< everything callable, by address
};

/// Puts the graph in its place. The object it was parsed from must outlive the call.
llvm::Expected<LinkedCode> link_graph(std::unique_ptr<Graph> graph, std::vector<GraphSymbol *> symbols,
                                      Slabs &slabs);

} // namespace ligature
