// SPDX-License-Identifier: MIT
// Making values, and converting them between the shapes of two types.
//
// `convert` is the one way from what a statement holds to what another wants: boxing, unboxing, wrapping into
// and narrowing of unions all happen there (boxing.h and unions.h do the work).
#pragma once

#include "jl/emit/context.h"

namespace jl::emit {

Val constant_value(Emitter &e, Value *value);
Val ghost_value(Emitter &e, const Shape &shape);
Val boxed_value(Emitter &e, llvm::Value *pointer, Value *type);
/// A primitive.
Val scalar_value(Emitter &e, Value *type, llvm::Value *scalar);
Val bool_value(Emitter &e, llvm::Value *condition);
Val parts_value(const Shape &shape, llvm::ArrayRef<llvm::Value *> parts);
/// Any value of this shape: where code cannot be reached.
Val poison_value(Emitter &e, const Shape &shape);

/// The parts of a value; those of a constant are made here.
llvm::SmallVector<llvm::Value *, 2> parts_of(Emitter &e, const Val &value);
/// The single part of a primitive.
llvm::Value *scalar_of(Emitter &e, const Val &value);
/// i1 of a Bool.
llvm::Value *condition_of(Emitter &e, const Val &value);

/// `value` as a value of `shape`. Types must overlap; where they cannot the result is poison (the code is
/// dead).
Val convert(Emitter &e, const Val &value, const Shape &shape);
inline Val convert(Emitter &e, const Val &value, Value *type) {
  return convert(e, value, e.shape(type));
}
/// A phi-free choice between two values, in the shape given.
Val select_value(Emitter &e, llvm::Value *condition, const Val &a, const Val &b, const Shape &shape);

} // namespace jl::emit
