// SPDX-License-Identifier: MIT
// The functions that a unit consists of: bodies, wrappers, adapters.
//
// emit.cpp makes a unit of them. Each begins with its arguments as signature.h says they are passed, and ends
// with finish_function (prologue.h); what lies between in a body is written by statements.h.
#pragma once

#include "jl/emit/context.h"
#include "jl/emit/debug_info.h"
#include "jl/emit/llvm_call.h"
#include "jl/emit/signature.h"

namespace jl::emit {

/// `julia_NAME_n`: declared by create_, its body written by emit_.
llvm::Function *create_specialised_function(UnitContext &unit, const Signature &signature,
                                            const CodeInstance *code);
void emit_specialised_function(UnitContext &unit, llvm::Function *function, const Signature &signature,
                               CodeInstance *code, DebugInfo &debug);
/// A function with the Args convention named `base` and a number: `japi1_NAME_n`, `jfptr_NAME_n`.
llvm::Function *create_args_function(UnitContext &unit, const std::string &base);
/// The body of `japi1_NAME_n`.
void emit_args_function(UnitContext &unit, llvm::Function *function, CodeInstance *code, DebugInfo &debug);
/// The body of `jfptr_NAME_n`: unboxes the arguments, calls `target`, boxes the result.
void emit_wrapper(UnitContext &unit, llvm::Function *function, llvm::Function *target,
                  const Signature &signature, const CodeInstance *code, DebugInfo &debug);
/// The body of an adapter: boxes the arguments and calls through the code instance.
void write_args_adapter(UnitContext &unit, llvm::Function *function, CodeInstance *code);
/// The body of a boxed function that is one llvmcall.
void write_llvm_function(UnitContext &unit, llvm::Function *function, const LlvmCall &call);
void write_specsig_adapter(UnitContext &unit, llvm::Function *function, const Signature &signature,
                           CodeInstance *code);
/// The body of `jlopaque_NAME_n`: see emit_opaque_entry.
void write_opaque_entry(UnitContext &unit, llvm::Function *function, const Signature &signature,
                        CodeInstance *target);

} // namespace jl::emit
