// SPDX-License-Identifier: MIT
//
// Who defines what among the graphs of a symbol space, as a static linker decides it: a definition that is
// not weak wins over weak ones, else the first; what was linked before stands. References to definitions that
// lost go to the winner's; edges move, no symbol is renamed in place.
//
// Works on graphs before anything is placed, and touches nothing but them.
#pragma once

#include "link/graph_edit.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace ligature {

/// An object of the space that is being linked.
struct SpaceGraph {
  std::string name; ///< for errors
  std::unique_ptr<Graph> graph;
  std::vector<GraphSymbol *> exported; ///< what others find here
};

/// Linked definitions by name.
using SpaceNames = std::map<std::string, void *, std::less<>>;

/// Chooses a definition for each name and fills `exported`. The error lists every name that is defined twice.
llvm::Error choose_definitions(std::vector<SpaceGraph> &graphs, const SpaceNames &linked);

/// Binds every external that no graph exports: to what was linked before, or to what `resolve` answers (null:
/// there is none; a weak reference is null then). The error lists every name that is undefined.
llvm::Error bind_externals(std::vector<SpaceGraph> &graphs, const SpaceNames &linked,
                           const std::function<void *(llvm::StringRef)> &resolve);

} // namespace ligature
