// SPDX-License-Identifier: MIT
// What descriptions came to before, by their bytes: units share most of what they refer to.
//
// Types, functions and what is made of them are never replaced once they have a name, so they are remembered
// for as long as no module takes another's place (module_replacements). Methods come and go with the worlds:
// those that a description names are asked each time whether they are visible. Nothing else is remembered:
// not constants that may be replaced, nor objects that are made anew each time, nor what is told apart by its
// number among equals.
#pragma once

#include <span>

#include "jl/content/resolve.h"
#include "jl/runtime/method.h"

namespace jl::content {

/// What the meaning of a description rests on besides names that stay what they are.
struct Basis {
  bool lasts = true;
  GcVector<Method *> methods;
};

/// To be asked before resolving, and given back with what that came to.
uint64_t memo_age();
/// Null when it is not known. Adds to `basis`, if there is one, what the answer rests on.
Value *find_resolved(std::span<const uint8_t> description, uint64_t world, Basis *basis);
/// The same for several by their hashes, as far as they are known and have no value yet: the others stay as
/// they are.
void find_resolved(std::span<Described> all, uint64_t world);
/// Any thread. Nothing happens if `basis` does not last.
void keep_resolved(std::span<const uint8_t> description, Value *v, const Basis &basis, uint64_t age);
/// Only to be found by that hash.
void keep_resolved(const DescriptionHash &hash, Value *v, const Basis &basis, uint64_t age);

} // namespace jl::content
