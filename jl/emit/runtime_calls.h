// SPDX-License-Identifier: MIT
// Calls of runtime functions: prototypes from abi.def, and the builtins' native bodies.
//
// A unit names them for itself; link info says which they are, and the session binds them. Their attributes
// (who throws, who only reads) are in abi.def too.
#pragma once

#include "jl/emit/context.h"
#include "jl/runtime/abi.h"

namespace jl::emit {

/// The declaration of a function in abi.def.
llvm::Function *runtime_function(UnitContext &unit, llvm::StringRef name);
/// Calls it. A function that does not return ends nothing here: use `call_noreturn`.
llvm::CallInst *call_runtime(Emitter &e, llvm::StringRef name, llvm::ArrayRef<llvm::Value *> args,
                             const llvm::Twine &result = "");
/// Calls it, and ends the block as unreachable.
void call_noreturn(Emitter &e, llvm::StringRef name, llvm::ArrayRef<llvm::Value *> args);
/// `call` does not return. Two of them never become one, since a backtrace would show the line of only one.
void end_with_call(Emitter &e, llvm::CallInst *call);
/// `jl_builtin_NAME`: task, function, arguments, count.
llvm::Function *builtin_function(UnitContext &unit, Builtin builtin);

} // namespace jl::emit
