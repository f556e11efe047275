// SPDX-License-Identifier: MIT
//
// Runs JITLink on rewritten graphs, on this thread, start to end. A unit's graph is linked by itself: nothing
// is looked up (rewriting left no external), so there is nothing to wait for. The graphs of a symbol space
// may refer to each other: all are placed first, then each is told where the others' symbols are.
#pragma once

#include "flat/placement.h"
#include "link/graph_edit.h"
#include "link/link_memory.h"

namespace ligature {

/// Puts the graph in its place. The object it was parsed from must outlive the call.
llvm::Expected<LinkedCode> link_graph(std::unique_ptr<Graph> graph, std::vector<GraphSymbol *> symbols,
                                      Slabs &slabs);

struct BatchMember {
  std::unique_ptr<Graph> graph;
  std::vector<GraphSymbol *> symbols; ///< what others may refer to; no name twice in a batch
};

/// Puts all graphs in their places, or none. Their externals are names among the batch's `symbols`. The
/// result has the order of the members; the objects they were parsed from must outlive the call.
llvm::Expected<std::vector<LinkedCode>> link_together(std::vector<BatchMember> members, Slabs &slabs);

} // namespace ligature
