// SPDX-License-Identifier: MIT
// Global variables through their bindings, and definitions that running code makes.
//
// A constant global never comes here: inference has put its value in. What does is a load from the binding,
// whose address is in a slot, or a call of the runtime where more than a load is wanted.
#pragma once

#include "jl/emit/context.h"

namespace jl::emit {

/// The value; UndefVarError when there is none.
Val load_global(Emitter &e, GlobalRef *ref);
void store_global(Emitter &e, GlobalRef *ref, const Val &value);
llvm::Value *is_global_defined(Emitter &e, GlobalRef *ref);
Val emit_definition(Emitter &e, const Definition &definition, llvm::ArrayRef<Val> operands);

} // namespace jl::emit
