// SPDX-License-Identifier: MIT
// Starting the runtime: first the types that everything else is made of, then Core.
//
// Base, which is written in the language, is loaded afterwards by the engine. Tests of this folder and of
// those above it boot in the same way (test_support.h).
#pragma once

#include "jl/runtime/task.h"

namespace jl {

/// Everything that the language needs before Base is loaded: collector, types, Core with its functions, empty
/// modules Base and Main, signal handlers. Once, on the thread that will run the program and with a current
/// task (run_on_big_stack).
void boot_runtime();
/// The part of it that fills Core: builtins, Core.Intrinsics, nothing, true, false, kwcall.
void boot_core(Task *task);

} // namespace jl
