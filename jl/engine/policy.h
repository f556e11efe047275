// SPDX-License-Identifier: MIT
// Decides whether a method instance is interpreted or compiled, and when.
//
// A function is interpreted on its first calls and compiled when it has been called often enough, at once if
// it loops. Whether code is interpreted changes nothing but speed.
#pragma once

#include <span>

#include "jl/content/closures.h"
#include "jl/runtime/opaque_closure.h"

namespace jl {

/// CompilerHooks::code_for: code of `instance` that can be entered now.
CodeInstance *code_for(Task *task, MethodInstance *instance, uint64_t world);
/// Runs interpreted code, or compiles it if this call makes that worthwhile, and runs it.
Value *run_tiered(Task *task, CodeInstance *code, Value *f, Value **args, uint32_t n);
/// Infers and compiles now, whatever the policy. The result can be entered; it is interpreted when compiling
/// failed.
CodeInstance *compile_now(Task *task, MethodInstance *instance, uint64_t world);
/// CompilerHooks::prepare_code. Code that cannot be compiled is interpreted.
bool prepare_code(Task *task, CodeInstance *code);
/// The same for several, all of which have typed IR: compiled in one unit, published together.
void prepare_batch(Task *task, std::span<CodeInstance *const> codes);
/// The OpaqueEntryHook (opaque_closures.cpp).
void *opaque_entry(Task *task, OpaqueClosure *closure);
/// For code that is being compiled elsewhere: returns when it can be entered.
CodeInstance *wait_for_code(Task *task, CodeInstance *code);
/// Does the module belong to the standard library rather than to the program?
using content::is_library_module;
/// Does the instance belong to Base or Core (thunks: to the module they run in)?
bool is_library_code(const MethodInstance *instance);
/// Runs a top-level thunk: interpreted, or compiled if it loops.
Value *run_thunk(Task *task, MethodInstance *thunk);

} // namespace jl
