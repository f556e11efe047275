// SPDX-License-Identifier: MIT
// Starting the runtime.
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
