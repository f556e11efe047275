// SPDX-License-Identifier: MIT
// What inference proves about running a function besides its result type. Bits of CodeInstance::effects.
//
// The transfer functions give a statement's, calls.h those of a call, and a frame's are what all its
// statements have in common. Dead code elimination, folding and evaluation at compile time ask for the
// combinations.
#pragma once

#include <cstdint>

namespace jl {

enum Effects : uint32_t {
  kSaidConsistent =
      1, // equal arguments give an egal result, or throw alike; perhaps only because the program says so
  kEffectFree = 2, // nothing outside can see that it ran
  kNothrow = 4,
  kTerminates = 8,
  kProven = 16, // the others of a foldable call are nobody's word
  kConsistent = kSaidConsistent | kProven,
  kFoldable = kSaidConsistent | kEffectFree |
              kTerminates, // may be run at compile time when the arguments are constants
  kRemovable = kEffectFree | kNothrow | kTerminates,
};

} // namespace jl
