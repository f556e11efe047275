// SPDX-License-Identifier: MIT
//
// Turns an object's DWARF into our compact line tables, and drops it from the object. Done once, when the
// unit is compiled: linking then reads no debug section, and a cached object carries none.
#pragma once

#include "ligature/compile.h"

namespace ligature {

/// Makes method ordinals survive code generation: with line tables only, LLVM writes a subprogram's name but
/// not its linkage name, so the ordinal becomes the name.
void carry_ordinals(llvm::Module &module);

/// Moves the source positions from `object.bytes` to `object.lines`.
llvm::Error take_lines_out(Object &object);

} // namespace ligature
