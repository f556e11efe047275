// SPDX-License-Identifier: MIT
//
// What both ways of linking a unit (JITLink's, and flat) are asked, and what they answer: its definitions'
// names here go in, with what each undefined name stands for; code in its place comes out.
#pragma once

#include "memory/allocation.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ligature {

enum class Ownership : uint8_t { Owned, Copy };

/// A symbol the unit defines and the world may know.
struct DefinedName {
  std::string_view symbol;
  std::string session_name;
  Ownership ownership = Ownership::Owned;
};

/// What an undefined symbol stands for: a definition of the same unit, or an address.
struct Binding {
  std::string_view here; ///< symbol defined in this unit; empty = an address
  const void *address = nullptr;
  std::string name; ///< of the address, for people
};

/// A function in its place.
struct PlacedFunction {
  std::string name; ///< empty for anonymous ones
  uintptr_t begin = 0;
  size_t size = 0;
};

/// A section that somebody has to look at once the code is in its place.
struct PlacedSection {
  std::string name;
  uintptr_t begin = 0;
  size_t size = 0;
};

struct LinkedCode {
  Allocation memory;
  std::vector<void *> addresses;         ///< of the symbols asked for, in their order; null if dropped
  std::vector<PlacedFunction> functions; ///< everything callable, by address
  std::vector<PlacedSection> sections;   ///< .eh_frame, .init_array*, .fini_array*
};

} // namespace ligature
