// SPDX-License-Identifier: MIT
// `@cfunction`: functions with a C signature that call the program.
//
// C knows no task: a callback asks the runtime for the thread's. It runs in the newest world and leaves the
// task in the one it found; a throw jumps past it and puts the world back itself.
#pragma once

#include "jl/emit/context.h"

namespace jl::emit {

void write_callback(UnitContext &unit, ligature::Entry &entry, const CallbackRequest &request);

} // namespace jl::emit
