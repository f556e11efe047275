// SPDX-License-Identifier: MIT
// The questions of types.h that subtyping answers, with short ways for plain types.
#include <algorithm>

#include "jl/runtime/subtype.h"

namespace jl {

namespace {

void count_in(TypeVar *var, Value *t, bool covariant, Occurrences &out) {
  if (!t)
    return;
  if (t == var) {
    if (covariant)
      ++out.covariant;
    else
      out.invariant = true;
  } else if (is_datatype(t)) {
    if (as_datatype(t)->has_free_typevars)
      for (Value *p : parameters_of(as_datatype(t)))
        count_in(var, p, covariant && is_tuple(t), out);
  } else if (is_union_type(t)) {
    Occurrences a, b; // only one member is there at a time
    count_in(var, as_union(t)->a, covariant, a);
    count_in(var, as_union(t)->b, covariant, b);
    out.covariant += std::max(a.covariant, b.covariant);
    out.invariant |= a.invariant || b.invariant;
  } else if (is_union_all(t)) {
    auto *u = as_union_all(t);
    out.invariant |= occurs_in(var, u->var->lower) || occurs_in(var, u->var->upper);
    if (u->var != var)
      count_in(var, u->body, covariant, out);
  } else if (is_vararg(t)) {
    Occurrences element;
    count_in(var, as_vararg(t)->t, covariant, element);
    out.covariant += 2 * element.covariant;
    out.invariant |= element.invariant || occurs_in(var, as_vararg(t)->n);
  }
}

} // namespace

Occurrences occurrences(TypeVar *var, Value *t) {
  Occurrences out;
  count_in(var, t, /*covariant=*/true, out);
  return out;
}

bool is_leaf(Value *t) {
  if (t == types::Bottom_)
    return true;
  if (is_datatype(t))
    return as_datatype(t)->is_concrete || (is_type_of_type(t) && is_type((*as_datatype(t)->parameters)[0]));
  return !is_type_or_var(t);
}

bool is_diagonal(TypeVar *var, Value *body) {
  if (!is_leaf(var->lower))
    return false;
  Occurrences n = occurrences(var, body);
  return n.covariant > 1 && !n.invariant;
}

Value *widen_type_of_type(Value *t) {
  if (is_union_type(t))
    return join_union(widen_type_of_type(as_union(t)->a), widen_type_of_type(as_union(t)->b));
  if (is_type_of_type(t) && is_type((*as_datatype(t)->parameters)[0]))
    return type_of((*as_datatype(t)->parameters)[0]);
  return t;
}

namespace {

bool is_simple(Value *t) {
  return is_datatype(t) && !as_datatype(t)->has_free_typevars && !is_tuple(t) && !is_type_of_type(t);
}

/// Both without variables, neither Tuple nor Type.
bool simple_subtype(DataType *x, DataType *y) {
  for (;; x = x->super) {
    if (x == y)
      return true;
    if (x->name == y->name)
      break;
    if (x == types::Any)
      return false;
  }
  for (size_t i = 0; i < x->parameters->length; ++i) {
    Value *a = (*x->parameters)[i], *b = (*y->parameters)[i];
    if (a != b && !(is_type(a) && is_type(b) ? types_equal(a, b) : egal(a, b)))
      return false;
  }
  return true;
}

enum class Answer { No, Yes, Unknown };

/// What can be said without opening variables or choosing union members.
Answer quick_subtype(Value *a, Value *b) {
  if (a == b || a == types::Bottom_ || b == types::Any)
    return Answer::Yes;
  if (b == types::Bottom_)
    return is_datatype(a) && !is_tuple(a) ? Answer::No : Answer::Unknown;
  if (is_simple(a) && is_simple(b))
    return simple_subtype(as_datatype(a), as_datatype(b)) ? Answer::Yes : Answer::No;
  if (is_datatype(a) && as_datatype(a)->is_dispatch_tuple && is_datatype(b) &&
      as_datatype(b)->is_dispatch_tuple)
    if (as_datatype(a)->parameters->length != as_datatype(b)->parameters->length)
      return Answer::No;
  return Answer::Unknown;
}

} // namespace

bool is_subtype(Value *a, Value *b) {
  Answer quick = quick_subtype(a, b);
  if (quick != Answer::Unknown)
    return quick == Answer::Yes;
  Subtyping question;
  return question.run(a, b);
}

bool types_equal(Value *a, Value *b) {
  if (a == b)
    return true;
  if (!is_type_or_var(a) || !is_type_or_var(b))
    return egal(a, b);
  if (same_structure(a, b))
    return true;
  if (is_simple(a) && is_simple(b) && as_datatype(a)->name != as_datatype(b)->name && a != types::Bottom &&
      b != types::Bottom)
    return false;
  return is_subtype(a, b) && is_subtype(b, a);
}

namespace {

bool is_type_a(Value *v, Value *type) {
  if (is_kind(type))
    return type_of(v) == type;
  if (type == types::Type)
    return true;
  if (has_free_typevars(v))
    return is_subtype(type_of(v), type);
  if (is_type_of_type(type) && is_type((*as_datatype(type)->parameters)[0]))
    return types_equal(v, (*as_datatype(type)->parameters)[0]);
  return is_subtype(type_of_type(v), type);
}

} // namespace

bool is_a(Value *v, Value *type) {
  if (type == types::Any || type_of(v) == type)
    return true;
  return is_type(v) ? is_type_a(v, type) : is_subtype(type_of(v), type);
}

} // namespace jl
