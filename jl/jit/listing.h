// SPDX-License-Identifier: MIT
// Compiled code as text: code_llvm and code_native.
//
// Behind Compiler::list of jl/engine's interface. It emits the function once more for itself and forgets it:
// no listing changes what is compiled or linked, nor what a later unit is called.
#pragma once

#include <string>

#include "jl/engine/engine.h"
#include "ligature/compile.h"

namespace jl {

/// Emits `code` afresh (nothing is linked) and prints what `listing` asks for.
llvm::Expected<std::string> list_code(Task *task, CodeInstance *code, const Compiler::Listing &listing,
                                      const ligature::CompileOptions &options);

} // namespace jl
