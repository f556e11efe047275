// SPDX-License-Identifier: MIT
// Names interpreted activations in backtraces.
//
// The runtime walks stacks without knowing what an activation of the interpreter is; it asks resolvers, and
// the engine installs this one. For compiled frames jl/jit/backtrace.h does the same.
#pragma once

#include "jl/runtime/method.h"

namespace jl {

/// CompilerHooks::argument_names: lowers the method when nobody has yet.
void argument_names(Task *task, Method *method, GcVector<Symbol> &out);

void install_interpreted_frame_resolver();

} // namespace jl
