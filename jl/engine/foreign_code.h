// SPDX-License-Identifier: MIT
// Asks the compiler half for what has a C signature, or no method: callbacks and calls of LLVM IR
// (jl/runtime/callback.h).
#pragma once

#include "jl/runtime/value.h"

namespace jl {

/// CallbackHook: null with --compile=min, where libffi makes callbacks.
void *callback_code(Task *task, Value *f, Value *result, SimpleVector *types);
/// LlvmCallHook: compiles whatever the mode, as nothing else can run it; each call's code once.
void *llvm_call_code(Task *task, Value *code, Value *result, Value *types);

} // namespace jl
