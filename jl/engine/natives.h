// SPDX-License-Identifier: MIT
// The functions of natives.def: evaluation, parsing and reflection for the language itself.
#pragma once

#include "jl/runtime/task.h"

namespace jl {

/// Puts them into Core.
void define_natives();

#define NATIVE(cpp, name, n) Value *native_##cpp(Task *task, Value *f, Value **args, uint32_t n_args);
#include "jl/engine/natives.def"
#undef NATIVE

} // namespace jl
