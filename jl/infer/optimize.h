// SPDX-License-Identifier: MIT
// The optimiser: passes over the IR of an inferred frame, each one free function.
//
// optimize() reads as the table of contents. Callees are final: their optimised IR is there to be inlined.
// Every pass keeps the invariants of ir.h, and none depends on anything but the IR, the frame's component and
// final results of callees.
#pragma once

#include "jl/infer/calls.h"

namespace jl::inference {

/// Turns the inferred IR of `frame` into optimised IR, in place.
void optimize(Task *task, Frame &frame);

// resolve.cpp: folds what inference found constant, drops what cannot be reached, spells out splats and
// invokes.
void resolve_calls(Frame &frame, IR &ir);
// split.cpp: a call whose union arguments were split becomes tests and one call for each combination.
void expand_union_splits(IR &ir);
// inline.cpp: resolved calls become Invoke, or the callee's body.
void inline_calls(Frame &frame, IR &ir);
/// Folds builtins and intrinsics again over narrower arguments, and branches with them. True when something
/// changed.
bool fold(Task *task, IR &ir);
/// Fields of tuples, structs and boxes that never escape.
bool replace_aggregates(Task *task, IR &ir);
bool replace_mutables(IR &ir);
/// Equal pure computations under a dominating one.
bool number_values(IR &ir);
/// Unused values without effects.
bool remove_dead(IR &ir);
/// Dead branches, jumps to jumps, single-successor chains.
bool simplify_cfg(IR &ir);
/// Branches on phis of constants: each predecessor goes straight to its target.
bool thread_jumps(IR &ir);

/// verify.cpp: are ir.h's invariants kept? Complaints go to standard error, with the pass they come after.
bool verify_ir(const IR &ir, const char *after);

/// Cost of a body to an inlining caller; large when it must not be inlined.
uint32_t inline_cost(const IR &ir);
inline constexpr uint32_t kInlineThreshold = 100;
inline constexpr uint32_t kDeclaredInlineThreshold = 2000;

// finish.cpp
TypedIR *finish_ir(const IR &ir);

/// A Ty of what is known.
inline Ty ty_of(const Lat &a) {
  return {a.type ? a.type : types::Bottom_, a.constant};
}
inline Lat lat_of_ty(const Ty &t) {
  return {t.type, t.constant, nullptr};
}

} // namespace jl::inference
