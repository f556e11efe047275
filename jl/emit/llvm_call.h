// SPDX-License-Identifier: MIT
// Base.llvmcall: a call of IR that the program brings along (llvm_text.h does the IR).
//
// Arguments and results are LLVM values by their types: primitives as they are (Bool as i8, or i1 where the
// IR says so), structs and tuples as aggregates, tuples of VecElement as vectors, everything else as the
// object's address.
#pragma once

#include "jl/emit/context.h"

namespace jl::emit {

/// What a call's first three arguments say.
struct LlvmCall {
  Value *code;   // String, or tuple (String or Vector{UInt8}, String)
  Value *result; // type
  Value *types;  // Tuple type
};

/// Throws (in the code being written) what is wrong with the call.
Val emit_llvm_call(Emitter &e, const LlvmCall &call, llvm::ArrayRef<Val> arguments);

} // namespace jl::emit
