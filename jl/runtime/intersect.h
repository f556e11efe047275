// SPDX-License-Identifier: MIT
// The state of one type intersection.
//
// Both sides' variables are unknowns here: a value in both types needs some choice of them on each side. The
// walk narrows their bounds and gives a type in terms of them; a variable that got a value is replaced by it
// in the end, one that did not is bound by a UnionAll around the whole result. It runs until nothing narrows
// any more (at most kPasses times), because an early part may have been met before a later one fixed a
// variable. Where exactness would cost too much the answer is larger than the truth, never smaller.
#pragma once

#include "jl/runtime/types_internal.h"

namespace jl {

class Intersection {
public:
  Value *run(Value *a, Value *b);
  /// What a variable of a or b came out as: a value, or null.
  Value *solution(TypeVar *var);

private:
  static constexpr int kPasses = 3;
  static constexpr int kMaxDepth = 100;
  struct Var {
    TypeVar *var; // a fresh one for each opened UnionAll
    TypeVar *origin;
    Value *lower, *upper;
    Value *value; // when it is fixed: a type or another parameter value, possibly with variables
    bool diagonal, covariant_only;
  };
  using State = GcVector<Var>;

  Value *meet(Value *a, Value *b);
  Value *meet_kinds(Value *a, Value *b);
  Value *meet_scoped(UnionAll *u, Value *other);
  Value *leave_scope(Value *t, size_t from);
  Value *meet_union(UnionType *u, Value *other);
  Value *meet_var(TypeVar *var, Value *other);
  Value *meet_datatypes(DataType *a, DataType *b);
  Value *meet_nominal(DataType *a, DataType *b);
  Value *meet_below(DataType *below, DataType *above);
  Value *meet_type_of_type(DataType *a, DataType *b);
  Value *meet_tuples(DataType *a, DataType *b);
  bool meet_rest(Vararg *va, Vararg *vb, size_t na, size_t nb, GcVector<Value *> &out);
  bool fix_length(Vararg *v, size_t fixed, size_t total);
  /// For parameters: null when they cannot be equal.
  Value *equal(Value *a, Value *b);
  Value *equal_open(Value *a, Value *b);
  Value *equal_union(Value *open, Value *closed);
  Value *fix(Var &v, Value *value);
  Value *unify(Var &v, Var &w);
  Value *open(UnionAll *u);
  Var *find(Value *var);
  bool mentions(Value *t) const;
  Value *resolve(Value *t);
  Value *close(Value *t, size_t from);
  bool settle(Var &v);

  State vars_;
  int depth_ = 0;
};

} // namespace jl
