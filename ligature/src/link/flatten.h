// SPDX-License-Identifier: MIT
//
// Makes a flat unit (flat/flat_unit.h) of an object's graph, as it was parsed: before it is rewritten, while
// its names are the unit's own. Blocks are laid out as JITLink lays them out. What small position-independent
// code does not have (thread-locals, unwind tables, relocations of other kinds) makes a unit that cannot be
// flat; JITLink links it still.
#pragma once

#include "ligature/line_table.h"
#include "ligature/link_info.h"
#include "link/graph_edit.h"

#include <expected>
#include <string>
#include <vector>

namespace ligature {

/// The unit's bytes, a function of the object and of `info` without its pointers: they are numbered as
/// write_link_info numbers them; or why it cannot be flat. The
/// graph stays as it is.
std::expected<std::vector<std::byte>, std::string> flatten(Graph &graph, const LinkInfo &info,
                                                           const ObjectLines &lines);

} // namespace ligature
