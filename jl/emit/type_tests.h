// SPDX-License-Identifier: MIT
// Questions about values that code answers inline: isa, typeof, ===, and the checks that throw.
//
// Inference has folded what types decide; what arrives here depends on the value. A question that takes more
// than a few comparisons is put to the runtime.
#pragma once

#include "jl/emit/context.h"

namespace jl::emit {

/// i1, constant where types decide.
llvm::Value *emit_isa(Emitter &e, const Val &value, Value *type);
llvm::Value *emit_egal(Emitter &e, const Val &a, const Val &b);
Val emit_typeof(Emitter &e, const Val &value);
/// Throws TypeError unless `value` is of `type`; the value, as one of the narrower type where that is
/// concrete.
Val emit_typeassert(Emitter &e, const Val &value, Value *type, const char *context);
/// i1 of a condition; TypeError for anything but a Bool.
llvm::Value *emit_condition(Emitter &e, const Val &value);
/// Throws UndefRefError when `pointer` is null.
void check_defined(Emitter &e, llvm::Value *pointer);

} // namespace jl::emit
