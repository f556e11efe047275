// SPDX-License-Identifier: MIT
// From a description (describe.h) to the thing of this session that it describes.
//
// Immutable things are found or made; types, methods, globals and named constants are looked up and must
// still be what they were. Nothing is ever taken for something else: a type that has another definition now,
// a method with other code, a constant that is none any more resolve to nothing.
#pragma once

#include <array>
#include <functional>

#include "jl/content/describe.h"

namespace jl::content {

/// What descriptions may refer to beyond themselves.
struct Surroundings {
  Task *task = nullptr;
  uint64_t world = 0;
  /// The top-level code that the description is about, if it is about any.
  MethodInstance *thunk = nullptr;
  /// Gives an instance code in `world`, or null. Must not throw.
  std::function<CodeInstance *(MethodInstance *)> code_for;
};

/// Null when there is no such thing, and for bytes that are no description. May lower methods and run
/// generators (their errors are nothing found); takes no lock while it does.
Value *resolve(const Surroundings &around, std::span<const uint8_t> description);

/// Half of the SHA-256 of a description: with it, one that was resolved before need not even be read.
using DescriptionHash = std::array<uint64_t, 2>;
DescriptionHash hash_of_description(std::span<const uint8_t> description);

/// Code is known by what it is code for and what it gives; the rest changes with the world.
bool is_code(std::span<const uint8_t> description);

/// A description and what it comes to. The hash is believed.
struct Described {
  DescriptionHash hash{};
  std::span<const uint8_t> description;
  Value *value = nullptr;
};

/// Gives each what resolve() gives. False when that is null for one of them.
bool resolve_all(const Surroundings &around, std::span<Described> all);

} // namespace jl::content
