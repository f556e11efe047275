// SPDX-License-Identifier: MIT
//
// What an object is found by: a hash of the bitcode and of everything else that decides what the object looks
// like. The ingredients are a list of names and values, so that a miss can be explained by naming the one
// that differs.
#pragma once

#include "ligature/compile.h"
#include "ligature/explain.h"
#include "ligature/unit.h"

#include <span>
#include <string>
#include <vector>

namespace ligature {

/// Everything but the bitcode: LLVM's version, a fingerprint of this library's code generation, the client's
/// runtime ABI, triple, CPU, features, optimisation level, relocation and code model, target options, pass
/// pipeline.
LIGATURE_API std::vector<KeyIngredient> key_ingredients(const CompileOptions &options);

/// SHA-256 over names and values, each with its length.
LIGATURE_API UnitKey key_of(std::span<const KeyIngredient> ingredients);

} // namespace ligature
