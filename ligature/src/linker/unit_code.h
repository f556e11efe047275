// SPDX-License-Identifier: MIT
//
// Where a unit's code comes from: a module or an object (session/), or a flat unit (flat_code.h). The linker
// runs it through prepare, place and published, on the unit's worker and without its lock.
#pragma once

#include "flat/placement.h"
#include "ligature/line_table.h"
#include "ligature/linker.h"

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace ligature {

class Binder;

class UnitCode {
public:
  virtual ~UnitCode() = default;

  /// What comes before linking: compiling, most of all. Not counted as time of linking.
  virtual std::expected<void, std::string> prepare(LinkedUnit &unit) { return {}; }

  /// Puts the code in its place. Calls, slots and foreign functions are asked of `binder` one by one; `names`
  /// are the unit's definitions, and the result's addresses have their order.
  virtual std::expected<LinkedCode, std::string> place(LinkedUnit &unit, Binder &binder,
                                                       std::vector<DefinedName> names) = 0;

  /// The lines of the placed function `index`, whose name in the unit is `symbol`. Asked once, after `place`.
  virtual PackedLines take_lines(size_t index, std::string_view symbol) = 0;

  /// All of it has been published.
  virtual void published(const LinkInfo &info) {}
};

} // namespace ligature
