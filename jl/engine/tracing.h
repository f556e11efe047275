// SPDX-License-Identifier: MIT
// What the engine adds to a trace beyond its own stages: the collector's work, methods lowered on first use.
#pragma once

#include "jl/runtime/method.h"

namespace jl {

/// Begins the trace that the options ask for; ends the process with a message if its file cannot be written.
void start_trace(const std::string &path);
/// CompilerHooks::lower_method.
CodeInfo *lower_pending_traced(Task *task, Method *method);

} // namespace jl
