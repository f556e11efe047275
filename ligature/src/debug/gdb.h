// SPDX-License-Identifier: MIT
//
// Shows code to gdb (and lldb) through gdb's JIT interface: a list of in-memory ELF files, and a function
// in which the debugger has a breakpoint to learn of changes. One file per unit, made when the unit is
// linked, gone with it.
#pragma once

#include "ligature/code_listener.h"

#include <memory>

namespace ligature {

/// What it costs (half a millisecond or so a unit; far more with a debugger attached) is why nobody makes one
/// unasked.
std::unique_ptr<CodeListener> make_gdb_listener();

} // namespace ligature
