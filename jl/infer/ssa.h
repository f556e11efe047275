// SPDX-License-Identifier: MIT
// Lowered code -> SSA: the first step of inference, before any type is known.
//
// Variables become values joined by phis (Braun et al., "Simple and efficient construction of SSA form",
// 2013). Behind a branch on `isa(x, T)`, `x === c` or a call of one argument, the variables it looked at
// become pis, so that each branch has names of its own for what it may know more of; pis that learn nothing
// vanish later. Variables that a catch block reads after assignment inside the try stay memory slots.
#pragma once

#include "jl/infer/ir.h"

namespace jl::inference {

/// What each lowered statement's value became; for listings that follow the source.
struct SsaMap {
  GcVector<Operand> values; // by statement; None when there is none or it cannot be reached
};

/// The IR of `code` for `instance`: arguments have no types yet.
void build_ssa(const CodeInfo &code, MethodInstance *instance, IR &ir, SsaMap *map = nullptr);

/// ssa_try.cpp: which slots must stay in memory because a catch block sees assignments made inside its try.
GcVector<char> find_memory_slots(const CodeInfo &code);

} // namespace jl::inference
