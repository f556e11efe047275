// SPDX-License-Identifier: MIT
// Objects: allocation from the task's free lists, and boxes of unboxed values.
//
// `convert` of values.h calls this when something wants an object; nobody else needs to. Unions are boxed by
// unions.h, member by member, with what is here.
#pragma once

#include "jl/emit/context.h"

namespace jl::emit {

/// A new object of `type`; the payload is not initialised unless the type has references (then it is zero).
llvm::Value *allocate(Emitter &e, DataType *type, uint32_t bytes, const llvm::Twine &name = "");
/// A pointer to an object that equals `value`: the one it came from if there is one, else a new one.
llvm::Value *box(Emitter &e, const Val &value);
/// The type tag of the object at `pointer`.
llvm::Value *load_tag(Emitter &e, llvm::Value *pointer);

} // namespace jl::emit
