// SPDX-License-Identifier: MIT
//
// Why was something not in the cache? Keys are hashes of ingredients (object_key.h), and an object's entry
// holds the ingredients that its key was made of. Whoever knows which earlier entries were of the same
// function, by name or by place, learns here which of them is nearest and what differs. For tools: nothing is
// compiled or looked up here.
#pragma once

#include "ligature/version.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ligature {

struct KeyIngredient {
  std::string name; ///< "llvm", "cpu", "bitcode", ...
  std::string value;
  bool operator==(const KeyIngredient &) const = default;
};

/// "name=value" lines.
LIGATURE_API std::string print_ingredients(std::span<const KeyIngredient> ingredients);
/// The reverse; lines that are none are left out.
LIGATURE_API std::vector<KeyIngredient> read_ingredients(std::string_view text);
/// What the key of an object's entry, a value in the namespace "object", was made of; empty if it is damaged.
LIGATURE_API std::vector<KeyIngredient> ingredients_of_entry(std::span<const std::byte> entry);

struct KeyDifference {
  std::string ingredient;
  std::string earlier, now; ///< empty where there is no such ingredient
};

/// In the order of `now`, then what only `earlier` has.
LIGATURE_API std::vector<KeyDifference> differences(std::span<const KeyIngredient> now,
                                                    std::span<const KeyIngredient> earlier);

struct MissExplanation {
  /// Which of the earlier entries has most ingredients alike, the first of several; none if there are no
  /// entries.
  std::optional<size_t> nearest;
  std::vector<KeyDifference> differences; ///< from that one; empty: it is the very entry that was looked for
};
LIGATURE_API MissExplanation explain_miss(std::span<const KeyIngredient> now,
                                          std::span<const std::vector<KeyIngredient>> earlier);

/// What people call it: "code" for the bitcode, else the ingredient's own name.
LIGATURE_API std::string_view shown_name(std::string_view ingredient);
/// "opt-level: 1, was 2"; of long lists only what differs; of hashes that they differ.
LIGATURE_API std::string describe(const KeyDifference &difference);

} // namespace ligature
