// SPDX-License-Identifier: MIT
//
// Binds a flat unit: copies its segments into the slabs and fills in what depends on where they lie and on
// what the outside is. The result is, byte for byte, what JITLink makes of the object that the unit was made
// of.
#pragma once

#include "flat/flat_unit.h"
#include "memory/allocation.h"

#include <span>

namespace ligature {

/// What an external is bound to: an address, or a function of the unit itself.
struct FlatTarget {
  static constexpr uint32_t kNone = FlatDefinition::kNone;
  const void *address = nullptr;
  uint32_t here = kNone; ///< offset in the code, then `address` means nothing
  /// For place_flat: how it is reached from too far away; offsets of a table slot and a jump stub in their
  /// segments.
  uint32_t slot = kNone, stub = kNone;
};

struct PlacedFlat {
  Allocation memory;
  std::array<char *, kSegments> begins{}; ///< of the segments; null for one that is empty
};

/// `targets` has one for each external. What is too far away for a 32-bit displacement is reached through a
/// table slot and a jump stub, added to the segments if it takes any.
std::expected<PlacedFlat, std::string> place_flat(const FlatUnit &unit, std::span<FlatTarget> targets,
                                                  Slabs &slabs);

} // namespace ligature
