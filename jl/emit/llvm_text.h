// SPDX-License-Identifier: MIT
// LLVM IR that a program brings along (`Base.llvmcall`): parsed, verified, and at the very end linked into
// the unit that uses it.
//
// Until then the unit only declares the function that is called. What the program's module defines gets names
// that cannot meet others of the unit; what it declares is a function of the runtime or a foreign one.
#pragma once

#include "jl/emit/context.h"

namespace jl::emit {

/// A program's IR: the text of a function's body, or a module (text or bitcode) and which of its functions is
/// meant.
struct LlvmSource {
  llvm::StringRef text;
  llvm::StringRef entry; // empty: `text` is a body
};

/// The function to call for `source`, with this type. An error says what is wrong with it, as the program is
/// told.
llvm::Expected<llvm::Function *> adopt_llvm(UnitContext &unit, const LlvmSource &source,
                                            llvm::FunctionType *type);
/// Links what was adopted into the unit. To be called once, after everything else was written.
void link_adopted(UnitContext &unit);

} // namespace jl::emit
