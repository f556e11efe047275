// SPDX-License-Identifier: MIT
// Functions and builtins of the runtime that generated code calls by name.
//
// abi.def lists them once; here they become C declarations, in jl/emit prototypes, and in runtime_function()
// the addresses that the linker binds.
#pragma once

#include "jl/runtime/task.h"

namespace jl {

/// Address of a runtime function (abi.def), builtin (`jl_builtin_NAME`), function for Base (c_functions.def),
/// or libc/libm function that code generation may call
/// (`memcpy`, `fmod`, `pow`...); null when there is none of that name.
void *runtime_function(std::string_view name);
/// Which runtime compiled code fits: a hash, made by the build, of the headers that say what lies where and
/// is called how.
const char *runtime_abi_fingerprint();

enum class Intrinsic : uint16_t {
#define INTRINSIC(name, n) name,
#include "jl/runtime/intrinsics.def"
#undef INTRINSIC
  kCount
};
enum class Builtin : uint16_t {
#define BUILTIN(cpp, name) cpp,
#include "jl/runtime/builtins.def"
#undef BUILTIN
  kCount
};
std::string_view intrinsic_name(Intrinsic i);
std::string_view builtin_name(Builtin b);
int intrinsic_arity(Intrinsic i);
/// Which one a function value is; kCount when it is none.
Intrinsic intrinsic_of(const Value *f);
Builtin builtin_of(const Value *f);
Value *intrinsic_value(Intrinsic i);
Value *builtin_value(Builtin b);
/// What jl_define does: the lowered Definition, operands and how many. Set by the engine, as the runtime
/// knows no lowered IR.
using DefineHook = Value *(*)(Task *task, const void *definition, Value **operands, uint32_t n);
void set_define_hook(DefineHook hook);
/// Runs an intrinsic on boxed values: the interpreter, and constant folding. Throws as compiled code would.
Value *run_intrinsic(Task *task, Intrinsic i, Value **args, uint32_t n);

} // namespace jl
