// SPDX-License-Identifier: MIT
#include "jl/runtime/intersect.h"

#include <algorithm>

#include "jl/runtime/methods_internal.h"
#include "jl/runtime/subtype.h"

namespace jl {

namespace {
Value *bottom() {
  return types::Bottom_;
}
bool is_bottom(Value *t) {
  return t == types::Bottom_;
}
bool is_closed(Value *t) {
  return !has_free_typevars(t);
}
} // namespace

// --- Variables ---

Intersection::Var *Intersection::find(Value *var) {
  for (Var &v : vars_)
    if (v.var == var)
      return &v;
  return nullptr;
}

bool Intersection::mentions(Value *t) const {
  return has_free_typevars(t) &&
         std::ranges::any_of(vars_, [&](const Var &v) { return occurs_in(v.var, t); });
}

Value *Intersection::open(UnionAll *u) {
  Occurrences n = occurrences(u->var, u->body);
  TypeVar *var = make_typevar(u->var->name, u->var->lower, u->var->upper);
  bool diagonal = is_diagonal(u->var, u->body);
  vars_.push_back({var, u->var, u->var->lower, u->var->upper, nullptr, diagonal, !n.invariant});
  return substitute(u->body, u->var, var);
}

/// Replaces variables that have values, as far as that goes.
Value *Intersection::resolve(Value *t) {
  for (int i = 0; i < 8 && has_free_typevars(t); ++i) {
    Value *before = t;
    for (Var &v : vars_)
      if (v.value && !occurs_in(v.var, v.value))
        t = substitute(t, v.var, v.value);
    if (t == before)
      break;
  }
  return t;
}

/// Gives `v` a value when its bounds leave one choice.
bool Intersection::settle(Var &v) {
  if (v.value)
    return true;
  v.upper = resolve(v.upper);
  if (v.diagonal && is_leaf(v.upper) && is_closed(v.upper) && !is_bottom(v.upper))
    v.value = v.upper;
  else if (v.lower == v.upper)
    v.value = v.upper;
  return v.value != nullptr;
}

/// Binds the variables from index `from` on that occur in `t`, with the bounds they have now; later ones may
/// occur in the bounds of earlier ones' bodies, so they are wrapped from the last to the first.
Value *Intersection::close(Value *t, size_t from) {
  for (size_t i = from; i < vars_.size(); ++i)
    settle(vars_[i]);
  t = resolve(t);
  for (size_t i = vars_.size(); i-- > from;) {
    Var &v = vars_[i];
    if (v.value || !occurs_in(v.var, t))
      continue;
    TypeVar *var = make_typevar(v.origin->name, v.lower,
                                v.covariant_only || is_closed(v.upper) ? v.upper : resolve(v.upper));
    t = make_union_all(var, substitute(t, v.var, var));
  }
  // A bound may still mention a variable that was wrapped inside: let it go to that one's upper bound.
  for (size_t i = from; i < vars_.size(); ++i)
    if (occurs_in(vars_[i].var, t))
      t = make_union_all(vars_[i].var, t);
  return t;
}

Value *Intersection::solution(TypeVar *var) {
  for (Var &v : vars_)
    if (v.origin == var) {
      settle(v);
      Value *value = v.value ? resolve(v.value) : v.covariant_only && is_leaf(v.upper) ? v.upper : nullptr;
      if (!value || mentions(value) || (v.covariant_only && !is_leaf(value)))
        return nullptr;
      return v.covariant_only ? widen_type_of_type(value) : value;
    }
  return nullptr;
}

/// An inner UnionAll is a scope of its own, unless an outer variable's value came to mention its variable.
Value *Intersection::meet_scoped(UnionAll *u, Value *other) {
  size_t from = vars_.size();
  Value *result = meet(open(u), other);
  return leave_scope(result, from);
}

Value *Intersection::leave_scope(Value *t, size_t from) {
  for (size_t i = 0; i < from; ++i)
    for (size_t j = from; j < vars_.size(); ++j)
      if (occurs_in(vars_[j].var, vars_[i].value) || occurs_in(vars_[j].var, vars_[i].upper))
        return t;
  t = close(t, from);
  vars_.resize(from);
  return t;
}

Value *Intersection::run(Value *a, Value *b) {
  while (is_union_all(a))
    a = open(as_union_all(a));
  while (is_union_all(b))
    b = open(as_union_all(b));
  Value *result = a;
  for (int pass = 0; pass < kPasses; ++pass) {
    State before = vars_;
    result = meet(a, b);
    if (is_bottom(result))
      return result;
    bool changed = before.size() != vars_.size();
    for (size_t i = 0; i < before.size() && !changed; ++i)
      changed = before[i].value != vars_[i].value || before[i].upper != vars_[i].upper ||
                before[i].lower != vars_[i].lower;
    if (!changed)
      break;
  }
  return close(result, 0);
}

// --- Meeting in covariant position ---

Value *Intersection::meet(Value *a, Value *b) {
  if (a == b || b == types::Any)
    return a;
  if (a == types::Any)
    return b;
  if (is_bottom(a) || is_bottom(b))
    return bottom();
  if (depth_ >= kMaxDepth)
    return a;
  ++depth_;
  Value *result = meet_kinds(a, b);
  --depth_;
  return result;
}

Value *Intersection::meet_kinds(Value *a, Value *b) {
  if (obviously_disjoint(a, b))
    return bottom();
  if (is_closed(a) && is_closed(b)) {
    if (is_subtype(a, b))
      return a;
    if (is_subtype(b, a))
      return b;
  }
  if (is_typevar(a) && find(a))
    return meet_var(as_typevar(a), b);
  if (is_typevar(b) && find(b))
    return meet_var(as_typevar(b), a);
  if (is_typevar(a)) // a variable of nobody's: as its bound
    return meet(as_typevar(a)->upper, b) == bottom() ? bottom() : a;
  if (is_typevar(b))
    return meet(as_typevar(b)->upper, a) == bottom() ? bottom() : b;
  if (is_union_type(a))
    return meet_union(as_union(a), b);
  if (is_union_type(b))
    return meet_union(as_union(b), a);
  if (is_union_all(a))
    return meet_scoped(as_union_all(a), b);
  if (is_union_all(b))
    return meet_scoped(as_union_all(b), a);
  return is_datatype(a) && is_datatype(b) ? meet_datatypes(as_datatype(a), as_datatype(b)) : bottom();
}

// What one member says of the variables need not hold for the other: bounds found by both are joined.
Value *Intersection::meet_union(UnionType *u, Value *other) {
  State before = vars_;
  Value *a = meet(u->a, other);
  State after_a = vars_;
  std::copy(before.begin(), before.end(), vars_.begin());
  Value *b = meet(u->b, other);
  if (is_bottom(b)) {
    std::copy(after_a.begin(), after_a.end(), vars_.begin());
    return a;
  }
  if (is_bottom(a))
    return b;
  for (size_t i = 0; i < before.size(); ++i) {
    Var &x = after_a[i], &y = vars_[i];
    bool same_value = x.value == y.value || (x.value && y.value && egal(x.value, y.value));
    Value *upper = join_union(x.value && is_type_or_var(x.value) ? x.value : x.upper,
                              y.value && is_type_or_var(y.value) ? y.value : y.upper);
    if (!same_value) {
      y = before[i];
      if (is_type_or_var(upper) && y.upper == types::Any)
        y.upper = upper;
    } else if (!y.value) {
      y.upper = upper;
      y.lower = before[i].lower;
    }
  }
  return join_union(a, b);
}

Value *Intersection::meet_var(TypeVar *var, Value *other) {
  Var *v = find(var);
  if (v->value)
    return is_type_or_var(v->value) ? meet(v->value, other) : bottom();
  Value *with = other;
  if (Var *w = is_typevar(other) ? find(other) : nullptr) {
    if (w->value)
      return is_type_or_var(w->value) ? meet(var, w->value) : bottom();
    with = w->upper;
  }
  Value *narrowed = meet(v->upper, with);
  v = find(var); // opening UnionAlls may have moved it
  if (is_bottom(narrowed))
    return narrowed;
  if (v->diagonal || v->covariant_only) {
    if (!occurs_in(var, narrowed) && narrowed != other)
      v->upper = narrowed;
    else if (is_closed(narrowed))
      v->upper = narrowed;
    if (v->diagonal && is_typevar(other))
      if (Var *w = find(other); w && w->diagonal)
        w->upper = narrowed;
    return v->diagonal && !is_leaf(narrowed) ? var : narrowed;
  }
  // It also stands in a parameter: elements of `narrowed` must be in whatever it is there.
  return narrowed == v->upper ? var : narrowed;
}

Value *Intersection::meet_datatypes(DataType *a, DataType *b) {
  if (a->name == types::TypeTypeName || b->name == types::TypeTypeName)
    return meet_type_of_type(a, b);
  if (is_tuple(a) || is_tuple(b))
    return is_tuple(a) && is_tuple(b) ? meet_tuples(a, b) : bottom();
  return meet_nominal(a, b);
}

Value *Intersection::meet_type_of_type(DataType *a, DataType *b) {
  if (a->name == b->name)
    return meet_nominal(a, b);
  if (a->name != types::TypeTypeName)
    std::swap(a, b);
  if (!is_kind(b))
    return bottom();
  Value *p = (*a->parameters)[0];
  if (is_typevar(p)) {
    Var *v = find(p);
    if (v && v->value && is_type(v->value))
      return type_of(v->value) == b ? a : bottom();
    return b == types::Bottom && v && !is_bottom(v->lower) ? bottom() : a;
  }
  return is_type(p) && type_of(p) == b ? a : bottom();
}

Value *Intersection::meet_nominal(DataType *a, DataType *b) {
  if (a->name != b->name) {
    for (DataType *x = a; x != types::Any; x = x->super)
      if (x->name == b->name)
        return meet_below(a, b);
    for (DataType *x = b; x != types::Any; x = x->super)
      if (x->name == a->name)
        return meet_below(b, a);
    return bottom();
  }
  GcVector<Value *> parameters;
  for (size_t i = 0; i < a->parameters->length; ++i) {
    Value *p = equal((*a->parameters)[i], (*b->parameters)[i]);
    if (!p)
      return bottom();
    parameters.push_back(p);
  }
  if (std::ranges::equal(parameters, parameters_of(a)))
    return a;
  return std::ranges::equal(parameters, parameters_of(b)) ? b : instantiate(a->name, parameters);
}

/// `below`'s name is a descendant of `above`'s: its ancestor there fixes the variables.
Value *Intersection::meet_below(DataType *below, DataType *above) {
  DataType *x = below;
  while (x->name != above->name)
    x = x->super;
  for (size_t i = 0; i < x->parameters->length; ++i)
    if (!equal((*x->parameters)[i], (*above->parameters)[i]))
      return bottom();
  return below;
}

// --- Tuples ---

Value *Intersection::meet_tuples(DataType *a, DataType *b) {
  auto pa = parameters_of(a), pb = parameters_of(b);
  Vararg *va = trailing_vararg(a), *vb = trailing_vararg(b);
  size_t na = pa.size() - (va ? 1 : 0), nb = pb.size() - (vb ? 1 : 0), n = std::max(na, nb);
  if ((!va && nb > na) || (!vb && na > nb))
    return bottom();
  if (va && !vb && !fix_length(va, na, nb))
    return bottom();
  if (vb && !va && !fix_length(vb, nb, na))
    return bottom();
  GcVector<Value *> out;
  for (size_t i = 0; i < n; ++i) {
    out.push_back(meet(i < na ? pa[i] : vararg_type(va), i < nb ? pb[i] : vararg_type(vb)));
    if (is_bottom(out.back()))
      return bottom();
  }
  if (va && vb && !meet_rest(va, vb, na, nb, out))
    return bottom();
  if (std::ranges::equal(out, pa))
    return a;
  return std::ranges::equal(out, pb) ? b : instantiate(types::Tuple->name, out);
}

bool Intersection::fix_length(Vararg *v, size_t fixed, size_t total) {
  return total >= fixed && (!v->n || equal(v->n, raw_int64(int64_t(total - fixed))));
}

bool Intersection::meet_rest(Vararg *va, Vararg *vb, size_t na, size_t nb, GcVector<Value *> &out) {
  size_t opened = vars_.size();
  Value *element = meet(vararg_type(va), vararg_type(vb));
  if (vars_.size() > opened)
    element = leave_scope(element, opened);
  Value *n = na == nb ? (va->n && vb->n ? equal(va->n, vb->n) : va->n ? va->n : vb->n) : nullptr;
  if (na == nb && va->n && vb->n && !n)
    return false;
  if (is_bottom(element))
    return !n || equal(n, raw_int64(0)); // no further element
  out.push_back(same_structure(element, vararg_type(va)) && n == va->n   ? va
                : same_structure(element, vararg_type(vb)) && n == vb->n ? vb
                                                                         : make_vararg(element, n));
  return true;
}

// --- Parameters ---

Value *Intersection::equal(Value *a, Value *b) {
  if (a == b)
    return a;
  if (depth_ >= kMaxDepth)
    return a;
  if (Var *v = is_typevar(a) ? find(a) : nullptr) {
    Var *w = is_typevar(b) ? find(b) : nullptr;
    return w ? unify(*v, *w) : fix(*v, b);
  }
  if (Var *v = is_typevar(b) ? find(b) : nullptr)
    return fix(*v, a);
  if (!is_type_or_var(a) || !is_type_or_var(b))
    return !is_type_or_var(a) && !is_type_or_var(b) && egal(a, b) ? a : nullptr;
  if (!mentions(a) && !mentions(b))
    return types_equal(a, b) ? a : nullptr;
  ++depth_;
  Value *result = equal_open(a, b);
  --depth_;
  return result;
}

Value *Intersection::equal_open(Value *a, Value *b) {
  if (is_datatype(a) && is_datatype(b)) {
    DataType *x = as_datatype(a), *y = as_datatype(b);
    if (x->name != y->name)
      return nullptr;
    if (!is_tuple(x) ||
        (!trailing_vararg(x) && !trailing_vararg(y) && x->parameters->length == y->parameters->length)) {
      Value *met = meet_nominal(x, y);
      return is_bottom(met) ? nullptr : met;
    }
    Value *met = meet_tuples(x, y); // lengths in variables: not exact
    return is_bottom(met) ? nullptr : met;
  }
  if (is_union_type(a) && !mentions(b))
    return equal_union(a, b);
  if (is_union_type(b) && !mentions(a))
    return equal_union(b, a);
  State before = vars_;
  bool disjoint = is_bottom(meet(a, b)) && !is_bottom(a) && !is_bottom(b);
  vars_ = before;
  return disjoint ? nullptr : mentions(a) ? b : a;
}

/// Union{Nothing, T} and Union{Nothing, Int64}: what no closed member explains is left for the variable.
Value *Intersection::equal_union(Value *open, Value *closed) {
  GcVector<Value *> members, rest, unexplained;
  union_members(open, members);
  union_members(closed, unexplained);
  Value *variable = nullptr;
  for (Value *m : members) {
    if (!mentions(m)) {
      if (!is_subtype(m, closed))
        return nullptr;
      std::erase_if(unexplained, [&](Value *u) { return is_subtype(u, m); });
    } else if (is_typevar(m) && !variable) {
      variable = m;
    } else {
      return closed;
    }
  }
  if (!variable)
    return unexplained.empty() ? closed : nullptr;
  if (unexplained.empty())
    return closed;
  return fix(*find(variable), make_union(unexplained)) ? closed : nullptr;
}

Value *Intersection::fix(Var &v, Value *value) {
  TypeVar *var = v.var;
  if (Value *known = v.value)
    return equal(known, value) ? known : nullptr;
  if (!is_type_or_var(value)) {
    if (v.upper != types::Any)
      return nullptr;
    return v.value = value;
  }
  if (occurs_in(var, value))
    return value; // only an infinite type would do; let it stand
  Value *upper = v.upper, *lower = v.lower;
  if (upper != types::Any) {
    if (is_closed(value) && is_closed(upper)) {
      if (!is_subtype(value, upper))
        return nullptr;
    } else if (is_bottom(meet(value, upper)) && !is_bottom(value)) {
      return nullptr;
    }
  }
  if (!is_bottom(lower) && is_closed(value) && is_closed(lower) && !is_subtype(lower, value))
    return nullptr;
  return find(var)->value = value;
}

Value *Intersection::unify(Var &v, Var &w) {
  if (Value *known = v.value)
    return fix(w, known);
  if (Value *known = w.value)
    return fix(v, known);
  TypeVar *a = v.var, *b = w.var;
  Value *upper = meet(v.upper, w.upper), *lower = join_union(v.lower, w.lower);
  if (is_bottom(upper) && !is_bottom(v.upper) && !is_bottom(w.upper))
    return nullptr;
  Var *keep = find(a), *drop = find(b);
  keep->upper = upper;
  keep->lower = lower;
  keep->diagonal |= drop->diagonal;
  drop->value = a;
  return a;
}

// --- Questions ---

Value *intersect_types(Value *a, Value *b) {
  if (a == b || a == types::Bottom_ || b == types::Any)
    return a;
  if (b == types::Bottom_ || a == types::Any)
    return b;
  if (obviously_disjoint(a, b))
    return types::Bottom_;
  if (is_subtype(a, b))
    return a;
  if (is_subtype(b, a))
    return b;
  Intersection question;
  return question.run(a, b);
}

Value *intersect_with_sparams(Value *a, Value *b, GcVector<Value *> &sparams) {
  GcVector<TypeVar *> vars;
  union_all_vars(b, vars);
  sparams.assign(vars.begin(), vars.end());
  if (SimpleVector *exact = nullptr; match_signature(a, b, exact)) {
    sparams.assign(elements(exact).begin(), elements(exact).end());
    return a;
  }
  Intersection question;
  Value *result = question.run(a, b);
  if (result == types::Bottom_)
    return result;
  for (size_t i = 0; i < vars.size(); ++i)
    if (Value *value = question.solution(vars[i]))
      sparams[i] = value;
  return result;
}

} // namespace jl
