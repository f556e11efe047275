// SPDX-License-Identifier: MIT
//
// Where a unit's code comes from: a module or an object (session/), or a flat unit (flat_code.h). The linker
// runs it through prepare, place and published, on the unit's worker and without its lock.
#pragma once

#include "ligature/linker.h"

#include <expected>
#include <memory>
#include <string>
#include <vector>

namespace ligature {

/// All that is callable of a unit, ascending.
using CodeRanges = std::vector<std::unique_ptr<CodeRange>>;

class UnitCode {
public:
  virtual ~UnitCode() = default;

  /// What comes before linking: compiling, most of all. Not counted as time of linking.
  virtual std::expected<void, std::string> prepare(LinkedUnit &unit) { return {}; }

  /// Puts the code in its place. What it takes is the unit's from then on, where its definitions are is noted
  /// in it.
  virtual std::expected<CodeRanges, std::string> place(LinkedUnit &unit) = 0;

  /// All of it has been published.
  virtual void published(const LinkInfo &info) {}
};

} // namespace ligature
