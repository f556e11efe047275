// SPDX-License-Identifier: MIT
// Unboxed unions: a tag that says which member, and the payload's parts (shape.h).
//
// Which unions are held so, and the order of their members, is decided by shape.h. `convert` of values.h is
// what others call; it comes here for wrapping and narrowing.
#pragma once

#include "jl/emit/context.h"

namespace jl::emit {

/// Wraps a value of a member type, of another union, or an object into the union `shape`.
Val to_union(Emitter &e, const Val &value, const Shape &shape);
Val unbox_union(Emitter &e, llvm::Value *pointer, const Shape &shape);
/// The member of union value `value` that has `shape`, which is known to be the one it holds.
Val union_member(Emitter &e, const Val &value, const Shape &shape);
Val union_member(Emitter &e, const Val &value, size_t index);
llvm::Value *box_union(Emitter &e, const Val &value);
/// i1: is the value of a member that is a subtype of `type`?
llvm::Value *union_isa(Emitter &e, const Val &value, Value *type);
/// Index of the member that is `type`, or -1.
int member_index(const Shape &shape, Value *type);

} // namespace jl::emit
