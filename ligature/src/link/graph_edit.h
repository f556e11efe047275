// SPDX-License-Identifier: MIT
//
// The primitive edits that rewriting a link graph is made of, and the only place that knows how LLVM 19's
// JITLink wants them done: an external is never renamed in place (its graph would go on finding it under
// the old name); edges move to the new target, and what nothing refers to any more is dropped.
#pragma once

#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/STLFunctionalExtras.h>
#include <llvm/ExecutionEngine/JITLink/JITLink.h>

namespace ligature {

using Graph = llvm::jitlink::LinkGraph;
using GraphSymbol = llvm::jitlink::Symbol;

/// The graph of an object; `object` must stay alive as long as the graph.
llvm::Expected<std::unique_ptr<Graph>> parse_object(llvm::MemoryBufferRef object);

/// The absolute symbol of that name and address, made if need be.
GraphSymbol &absolute(Graph &graph, llvm::StringRef name, const void *address);

/// The externals by name: an order that depends on no address and no hash.
std::vector<GraphSymbol *> externals_of(Graph &graph);

/// Moves every edge to a key of `targets` to its value, in one walk, and drops those keys that are external.
using Retargets = llvm::DenseMap<GraphSymbol *, GraphSymbol *>;
void retarget(Graph &graph, const Retargets &targets);

/// Gives a defined symbol a name of the graph's own.
void rename_defined(Graph &graph, GraphSymbol &symbol, llvm::StringRef name);

/// Takes a defined symbol's name away: edges keep it, nobody finds it.
void make_anonymous(GraphSymbol &symbol);

/// Edges to absolute addresses that a 32-bit displacement surely reaches go there directly: no jump stub,
/// no address loaded from a table. `in_reach` answers for everywhere the graph may be put.
void shorten_edges(Graph &graph, llvm::function_ref<bool(const void *)> in_reach);

/// Deterministic text: per function its edges, as "call -> fact#1 (here)" or "call -> external sin".
/// Meant for a graph that was rewritten and not shortened yet.
std::string print_graph(Graph &graph, llvm::StringRef title);

} // namespace ligature
