// SPDX-License-Identifier: MIT
// Calls: of one known code instance, of builtins' native bodies, and by dispatch.
#pragma once

#include "jl/emit/context.h"
#include "jl/runtime/abi.h"

namespace jl::emit {

/// The arguments as an array of objects, for the boxed conventions. Valid until the next such array.
llvm::Value *boxed_array(Emitter &e, llvm::ArrayRef<Val> arguments);
/// The tuple of `count` (i32) objects at `array`, as an object.
llvm::Value *emit_boxed_tuple(Emitter &e, llvm::Value *array, llvm::Value *count);
/// Dispatches on the types of `callee` and the arguments.
Val emit_dynamic_call(Emitter &e, const Val &callee, llvm::ArrayRef<Val> arguments);
/// The native body of a builtin, all boxed.
Val emit_builtin_call(Emitter &e, Builtin builtin, const Val &callee, llvm::ArrayRef<Val> arguments);
/// Exactly `target`; `arguments` start with the function itself.
Val emit_invoke(Emitter &e, CodeInstance *target, llvm::ArrayRef<Val> arguments);
/// Calls an opaque closure whose type says all about the call, unboxed; nothing for other callees.
std::optional<Val> emit_opaque_call(Emitter &e, const Val &callee, llvm::ArrayRef<Val> arguments);
/// Throws ErrorException(message): what cannot be compiled fails when it is reached.
void emit_error(Emitter &e, const std::string &message);
/// The same where `condition` is false.
void require_or_error(Emitter &e, llvm::Value *condition, const std::string &message);

} // namespace jl::emit
