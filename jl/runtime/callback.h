// SPDX-License-Identifier: MIT
// What the compiler half makes for callers that are not compiled themselves: C function pointers that call
// the program
// (`@cfunction`), and calls of LLVM IR (`Base.llvmcall`).
//
// A plain function's pointer is made once for each (function, result, arguments) and stays for ever. The
// compiler half makes it (CallbackHook: compiled code with the C signature); where there is none, and for
// closures, libffi does. What the callback throws goes to the newest handler, past C's frames.
#pragma once

#include "jl/runtime/value.h"

namespace jl {

/// Compiled code for `f`, or null where it has to be libffi's. Throws nothing.
using CallbackHook = void *(*)(Task *task, Value *f, Value *result, SimpleVector *types);
void set_callback_hook(CallbackHook hook);

/// Code for a call of LLVM IR, as a function with boxed arguments; null where nothing compiles.
using LlvmCallHook = void *(*)(Task *task, Value *code, Value *result, Value *types);
void set_llvm_call_hook(LlvmCallHook hook);

/// The pointer for a function that lives for ever. Throws ErrorException for types that C has no form for.
void *callback_pointer(Task *task, Value *f, Value *result, SimpleVector *types);

/// What a parameter of type Ref{T} hands to the function: the T that C's pointer points to. Null for other
/// types.
Value *callback_pointee(Value *type);

} // namespace jl
