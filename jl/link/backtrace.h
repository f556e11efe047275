// SPDX-License-Identifier: MIT
// Tells the runtime which functions, files and lines a return address in compiled code stands for.
//
// The runtime walks the frames (jl/runtime) and asks here; the session's code map and line tables have the
// answer, inlined calls included. Frames of the interpreter are named by jl/engine/frames.h.
#pragma once

#include "ligature/code_map.h"

namespace jl {

/// `map` must live as long as the process runs Julia code.
void install_backtrace_resolver(const ligature::CodeMap &map);

} // namespace jl
