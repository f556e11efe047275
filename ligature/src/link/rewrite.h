// SPDX-License-Identifier: MIT
//
// Makes a unit's graph speak of this session: owned functions get session names, copies that another unit
// owns become anonymous, and everything undefined is repointed to what it stands for here. Afterwards the
// graph has no external left, so linking it looks nothing up and waits for nothing.
//
// It edits and decides nothing: what a name stands for is asked of `RewritePlan::resolve`.
#pragma once

#include "flat/placement.h"
#include "link/graph_edit.h"

#include <expected>
#include <functional>
#include <string>
#include <vector>

namespace ligature {

struct RewritePlan {
  std::vector<DefinedName> definitions;
  std::function<std::expected<Binding, std::string>(std::string_view symbol)> resolve;
};

/// The graph's symbols for `plan.definitions`, in that order.
llvm::Expected<std::vector<GraphSymbol *>> rewrite(Graph &graph, const RewritePlan &plan);

} // namespace ligature
