// SPDX-License-Identifier: MIT
// The functions of natives.def: evaluation, parsing and reflection for the language itself.
//
// What Base's eval, Meta.parse, code_typed and so on call, under names that begin with an underscore where
// Base wraps them. They need the parser, lowering or inference, which jl/runtime's builtins cannot reach.
#pragma once

#include "jl/runtime/task.h"

namespace jl {

/// Puts them into Core.
void define_natives();

#define NATIVE(cpp, name, n) Value *native_##cpp(Task *task, Value *f, Value **args, uint32_t n_args);
#include "jl/engine/natives.def"
#undef NATIVE

} // namespace jl
