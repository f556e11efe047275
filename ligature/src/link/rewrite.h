// SPDX-License-Identifier: MIT
//
// Makes a unit's graph speak of this session: owned functions get session names, copies that another unit
// owns become anonymous, and everything undefined is repointed to what it stands for here. Afterwards the
// graph has no external left, so linking it looks nothing up and waits for nothing.
//
// It edits and decides nothing: what a name stands for is asked of `RewritePlan::resolve`.
#pragma once

#include "link/graph_edit.h"

#include <string>
#include <vector>

namespace ligature {

enum class Ownership : uint8_t { Owned, Copy };

/// A symbol the unit defines and the world may know.
struct DefinedName {
  llvm::StringRef symbol;
  std::string session_name;
  Ownership ownership = Ownership::Owned;
};

/// What an undefined symbol stands for: a definition of the same unit, or an address.
struct Binding {
  llvm::StringRef here; ///< symbol defined in this unit; empty = an address
  const void *address = nullptr;
  std::string name; ///< of the address, for people
};

struct RewritePlan {
  std::vector<DefinedName> definitions;
  std::function<llvm::Expected<Binding>(llvm::StringRef symbol)> resolve;
};

/// The graph's symbols for `plan.definitions`, in that order.
llvm::Expected<std::vector<GraphSymbol *>> rewrite(Graph &graph, const RewritePlan &plan);

} // namespace ligature
