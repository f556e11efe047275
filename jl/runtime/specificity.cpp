// SPDX-License-Identifier: MIT
// Which of two method signatures is more specific.
//
// A strict subtype is more specific. Past that the order looks at what the signatures ask of each argument,
// as the manual tells it: Tuple{Int,AbstractFloat} comes before Tuple{Integer}, Tuple{Int,Int} before
// Tuple{Int,Vararg{Int}}, a Union of which a member is more specific before what it is more specific than; of
// two with equal demands, the one whose variables are tied together more tightly. Signatures that ask more in
// one place and less in another are not ordered.
#include <algorithm>

#include "jl/runtime/methods_internal.h"
#include "jl/runtime/subtype.h"

namespace jl {

namespace {

constexpr int kMaxDepth = 20;

enum class Order { Equal, More, Less, Unrelated };

Order compare_elements(Value *a, Value *b, int depth);
bool more_specific_at(Value *a, Value *b, int depth);

/// Some member of the union `a` is more specific than `b`, and `b` than none.
bool union_more_specific(Value *a, Value *b, int depth) {
  GcVector<Value *> members;
  union_members(a, members);
  bool some = false;
  for (Value *m : members) {
    if (more_specific_at(b, m, depth + 1))
      return false;
    some |= is_subtype(m, b) || more_specific_at(m, b, depth + 1);
  }
  return some;
}

/// Same name, other parameters: for parameters equality is asked, so one that is open loses to one that is
/// fixed.
bool parameters_more_specific(DataType *a, Value *whole_a, DataType *b, Value *whole_b, int depth) {
  DataType *x = a;
  while (x->name != b->name) {
    if (x == types::Any)
      return false;
    x = x->super;
  }
  bool tighter = x != a;
  for (size_t i = 0; i < x->parameters->length; ++i) {
    Value *p = (*x->parameters)[i], *q = (*b->parameters)[i];
    bool open_p = has_free_typevars(p), open_q = has_free_typevars(q);
    if (!open_p && !open_q) {
      if (!(is_type(p) && is_type(q) ? types_equal(p, q) : egal(p, q)))
        return false;
      continue;
    }
    Value *range_p = open_p ? parameter_range(p, whole_a) : p,
          *range_q = open_q ? parameter_range(q, whole_b) : q;
    if (!is_type_or_var(range_p) || !is_type_or_var(range_q)) {
      if (open_p && !open_q)
        return false;
      tighter |= !open_p && open_q;
      continue;
    }
    if (!is_subtype(range_p, range_q) && !more_specific_at(range_p, range_q, depth + 1))
      return false;
    tighter |= !is_subtype(range_q, range_p) || (!open_p && open_q);
  }
  return tighter;
}

bool more_specific_at(Value *a, Value *b, int depth) {
  if (depth > kMaxDepth || a == b)
    return false;
  if (is_subtype(a, b))
    return !is_subtype(b, a);
  if (is_subtype(b, a))
    return false;
  if (is_tuple_type(a) && is_tuple_type(b))
    return more_specific(a, b);
  if (is_union_type(a))
    return union_more_specific(a, b, depth);
  if (is_union_type(b)) {
    GcVector<Value *> members;
    union_members(b, members);
    return std::ranges::any_of(members, [&](Value *m) { return more_specific_at(a, m, depth + 1); }) &&
           std::ranges::none_of(members, [&](Value *m) { return more_specific_at(m, a, depth + 1); });
  }
  DataType *x = unwrapped_datatype(a), *y = unwrapped_datatype(b);
  if (!x || !y || is_tuple(x) || is_tuple(y))
    return false;
  return parameters_more_specific(x, a, y, b, depth);
}

Order compare_elements(Value *a, Value *b, int depth) {
  if (a == b)
    return Order::Equal;
  bool below = is_subtype(a, b), above = is_subtype(b, a);
  if (below && above)
    return Order::Equal;
  if (below)
    return Order::More;
  if (above)
    return Order::Less;
  bool more = more_specific_at(a, b, depth), less = more_specific_at(b, a, depth);
  return more == less ? Order::Unrelated : more ? Order::More : Order::Less;
}

struct Shape {
  DataType *tuple;
  Vararg *rest;
  size_t fixed;
  explicit Shape(Value *sig)
      : tuple(signature_tuple(sig)), rest(trailing_vararg(tuple)),
        fixed(tuple->parameters->length - (rest ? 1 : 0)) {}
  Value *at(size_t i) const {
    return i < fixed ? (*tuple->parameters)[i] : rest ? vararg_type(rest) : nullptr;
  }
};

/// Both ask the same of every argument: the one without Vararg, or with more arguments before it, is more
/// specific.
bool shape_more_specific(const Shape &a, const Shape &b) {
  if (!a.rest)
    return b.rest != nullptr;
  if (!b.rest)
    return false;
  if (a.fixed != b.fixed)
    return a.fixed > b.fixed;
  return a.rest->n && !b.rest->n;
}

/// How many positions are tied together by variables.
int ties(Value *sig) {
  GcVector<TypeVar *> vars;
  union_all_vars(sig, vars);
  int count = 0;
  for (TypeVar *var : vars) {
    int positions = 0;
    for (Value *p : parameters_of(signature_tuple(sig)))
      positions += occurs_in(var, p) ? 1 : 0;
    Occurrences n = occurrences(var, unwrap_union_all(sig));
    count += std::max({0, positions - 1, std::min(n.covariant, 2) - 1});
  }
  return count;
}

/// A variable that says two arguments' types are related asks more than its bound alone: (T, T) where T of
/// (Any, Any).
bool is_tied(Value *t, Value *sig) {
  if (!is_typevar(t))
    return false;
  int positions = 0;
  for (Value *p : parameters_of(signature_tuple(sig)))
    positions += occurs_in(as_typevar(t), p) ? (is_vararg(p) ? 2 : 1) : 0;
  return positions > 1;
}

Order compare_positions(Value *p, Value *a, Value *q, Value *b) {
  Order order = compare_elements(parameter_range(p, a), parameter_range(q, b), 0);
  if (order != Order::Equal || is_tied(p, a) == is_tied(q, b))
    return order;
  return is_tied(p, a) ? Order::More : Order::Less;
}

bool tuple_more_specific(Value *a, Value *b) {
  Shape x(a), y(b);
  size_t n = std::max(x.fixed, y.fixed) + (x.rest && y.rest ? 1 : 0);
  bool more = false;
  for (size_t i = 0; i < n; ++i) {
    Value *p = x.at(i), *q = y.at(i);
    if (!p || !q)
      break; // one has no such argument
    switch (compare_positions(p, a, q, b)) {
    case Order::Equal:
      break;
    case Order::More:
      more = true;
      break;
    case Order::Less:
    case Order::Unrelated:
      return false;
    }
  }
  if (more)
    return true;
  if (shape_more_specific(x, y) || shape_more_specific(y, x))
    return shape_more_specific(x, y);
  return ties(a) > ties(b);
}

} // namespace

bool more_specific(Value *a, Value *b) {
  if (a == b)
    return false;
  bool tuples = is_tuple_type(a) && is_tuple_type(b);
  if (is_subtype(a, b))
    return !is_subtype(b, a);
  if (is_subtype(b, a))
    return false;
  return tuples ? tuple_more_specific(a, b) : more_specific_at(a, b, 0);
}

} // namespace jl
