// SPDX-License-Identifier: MIT
#include "jl/runtime/subtype.h"

#include <algorithm>

#include "jl/runtime/values.h"

namespace jl {

namespace {
constexpr int kMaxSteps = 100000;
constexpr int kMaxDepth = 400;

bool is_plain(Value *t) {
  return is_type_or_var(t);
}

/// Follows the supertypes of `x` up to the name of `y`.
DataType *ancestor(DataType *x, const TypeName *name) {
  for (; x; x = x->super) {
    if (x->name == name)
      return x;
    if (x == types::Any)
      return nullptr;
  }
  return nullptr;
}

/// The name when `t` is its wrapper, which every instantiation is below; not for Type, whose kinds are below
/// it as well.
TypeName *whole_name(Value *t) {
  DataType *body = unwrapped_datatype(t);
  return body && body->name->wrapper == t && body->name != types::TypeTypeName ? body->name : nullptr;
}

} // namespace

SubtypeBudget &subtype_budget() {
  static thread_local SubtypeBudget budget;
  return budget;
}

bool Subtyping::enter() {
  SubtypeBudget &b = subtype_budget();
  return --b.steps > 0 && b.depth < kMaxDepth;
}

bool Subtyping::run(Value *x, Value *y, bool want_solutions) {
  SubtypeBudget &budget = subtype_budget();
  if (budget.nesting++ == 0)
    budget.steps = kMaxSteps, budget.depth = 0;
  want_solutions_ = want_solutions;
  bool holds;
  left_.clear();
  do {
    right_.clear();
    do {
      left_.restart();
      count_ = 0;
      holds = sub(x, y);
    } while (!holds && budget.steps > 0 && right_.next());
  } while (holds && left_.next());
  --budget.nesting;
  return holds && budget.steps > 0;
}

// --- Variables in scope ---

SubtypeVar *Subtyping::find(Value *var) {
  for (int i = count_; i-- > 0;)
    if (vars_[i].var == var)
      return &vars_[i];
  return nullptr;
}

void Subtyping::save(Snapshot &s) const {
  for (int i = 0; i < count_; ++i)
    s.bounds[i][0] = vars_[i].lower, s.bounds[i][1] = vars_[i].upper;
}

void Subtyping::restore(const Snapshot &s) {
  for (int i = 0; i < count_; ++i)
    vars_[i].lower = s.bounds[i][0], vars_[i].upper = s.bounds[i][1];
}

Value *Subtyping::enter_scope(UnionAll *u, bool exists) {
  if (count_ == kMaxVars)
    return nullptr;
  TypeVar *var = u->var;
  Value *body = u->body;
  if (find(var)) { // the same type on both sides, or nested in itself
    var = make_typevar(u->var->name, u->var->lower, u->var->upper);
    body = substitute(body, u->var, var);
  }
  Occurrences n = occurrences(var, body);
  bool diagonal = n.covariant > 1 && !n.invariant && is_leaf(var->lower);
  vars_[count_++] = {var, u->var, var->lower, var->upper, exists, diagonal, !n.invariant};
  return body;
}

bool Subtyping::open_left(UnionAll *x, Value *y) {
  Value *body = enter_scope(x, /*exists=*/false);
  if (!body)
    return false;
  bool holds = sub(body, y);
  SubtypeVar v = vars_[--count_];
  return holds && close_left(v);
}

// A variable of the right that was opened before `v` had to do for every `v`: what it got must not depend on
// it.
bool Subtyping::close_left(SubtypeVar v) {
  for (int i = 0; i < count_; ++i) {
    SubtypeVar &outer = vars_[i];
    bool in_lower = occurs_in(v.var, outer.lower), in_upper = occurs_in(v.var, outer.upper);
    if (!outer.exists || (!in_lower && !in_upper))
      continue;
    if (in_upper && outer.upper != v.var)
      return false;
    if (in_upper)
      outer.upper = v.lower;
    if (in_lower)
      outer.lower = make_union_all(v.var, outer.lower);
    if (!sub(outer.lower, outer.upper))
      return false;
  }
  return true;
}

namespace {

/// Path to the first UnionAll in a Tuple's covariant positions (not in a Vararg), as indices; empty when
/// there is none.
bool find_inner_union_all(DataType *tuple, GcVector<size_t> &path) {
  for (size_t i = 0; i < tuple->parameters->length; ++i) {
    Value *p = (*tuple->parameters)[i];
    path.push_back(i);
    if (is_union_all(p) || (is_tuple(p) && find_inner_union_all(as_datatype(p), path)))
      return true;
    path.pop_back();
  }
  return false;
}

Value *replace_at(DataType *tuple, std::span<const size_t> path, Value *value) {
  GcVector<Value *> params(parameters_of(tuple).begin(), parameters_of(tuple).end());
  Value *&slot = params[path[0]];
  slot = path.size() == 1 ? value : replace_at(as_datatype(slot), path.subspan(1), value);
  return instantiate(tuple->name, params);
}

Value *value_at(Value *t, std::span<const size_t> path) {
  for (size_t i : path)
    t = (*as_datatype(t)->parameters)[i];
  return t;
}

} // namespace

// Tuple{Vector} is Tuple{Vector{T}} where T: the left side's inner variables are opened before those of the
// right, which may then depend on them.
bool Subtyping::lift_left(Value *x, UnionAll *y, bool &lifted) {
  GcVector<size_t> path;
  lifted = is_tuple(x) && x != types::Tuple && find_inner_union_all(as_datatype(x), path);
  if (!lifted)
    return false;
  Value *body = enter_scope(as_union_all(value_at(x, path)), /*exists=*/false);
  if (!body)
    return false;
  bool holds = sub(replace_at(as_datatype(x), path, body), y);
  SubtypeVar v = vars_[--count_];
  return holds && close_left(v);
}

bool Subtyping::open_right(Value *x, UnionAll *y) {
  Value *body = enter_scope(y, /*exists=*/true);
  if (!body)
    return false;
  bool holds = sub(x, body);
  SubtypeVar v = vars_[--count_];
  return holds && close_right(v);
}

namespace {
/// Concrete for every value of its variables.
bool is_open_leaf(Value *t) {
  return is_datatype(t) && !as_datatype(t)->name->is_abstract && !is_tuple(t) &&
         as_datatype(t)->has_free_typevars;
}
} // namespace

bool Subtyping::close_right(SubtypeVar v) {
  if (v.diagonal && v.lower != types::Bottom_) {
    SubtypeVar *other = is_typevar(v.lower) ? find(v.lower) : nullptr;
    bool concrete =
        other ? other->diagonal || is_leaf(other->upper) : is_leaf(v.lower) || is_open_leaf(v.lower);
    if (!concrete) {
      v.lower = widen_type_of_type(v.lower);
      if (!is_leaf(v.lower))
        return false;
    }
  }
  Value *found = v.lower != types::Bottom_ ? v.lower : v.upper;
  for (int i = 0; i < count_; ++i) {
    if (occurs_in(v.var, vars_[i].lower))
      vars_[i].lower = substitute(vars_[i].lower, v.var, found);
    if (occurs_in(v.var, vars_[i].upper))
      vars_[i].upper = substitute(vars_[i].upper, v.var, found);
  }
  if (want_solutions_)
    record(v);
  return true;
}

// A run per choice on the left: a variable has a value only when all runs agree. In covariant position an
// argument's type bounds the variable, and is its value only where no argument has a narrower type.
void Subtyping::record(const SubtypeVar &v) {
  Value *value = v.lower;
  if (value == types::Bottom_)
    value = v.upper == types::Bottom_ ? v.upper : nullptr;
  for (int i = count_; value && i-- > 0;)
    if (!vars_[i].exists && occurs_in(vars_[i].var, value)) // varies with the left side
      value = v.covariant ? make_union_all(vars_[i].var, value) : nullptr;
  if (value && v.covariant)
    value = is_leaf(value) ? widen_type_of_type(value) : nullptr;
  auto known = std::ranges::find(solutions_, v.origin, &Solution::var);
  if (known == solutions_.end())
    solutions_.push_back({v.origin, value});
  else if (!left_.any())
    known->value = value;
  else if (known->value && (!value || !egal(known->value, value)))
    known->value = nullptr;
}

Value *Subtyping::solution(TypeVar *var) const {
  auto known = std::ranges::find(solutions_, var, &Solution::var);
  return known == solutions_.end() ? nullptr : known->value;
}

// --- x <: y ---

bool Subtyping::sub(Value *x, Value *y) {
  if (x == y || x == types::Bottom_ || y == types::Any)
    return true;
  if (!enter())
    return false;
  ++subtype_budget().depth;
  bool holds = sub_kinds(x, y);
  --subtype_budget().depth;
  return holds;
}

bool Subtyping::sub_kinds(Value *x, Value *y) {
  if (is_union_type(x))
    return sub(left_.pick() ? as_union(x)->b : as_union(x)->a, y);
  if (is_typevar(x))
    if (SubtypeVar *v = find(x); v && v->exists)
      return left_exists(v, y);
  if (is_typevar(y))
    return right_var(x, as_typevar(y));
  if (is_union_all(x))
    return same_structure(x, y) || open_left(as_union_all(x), y);
  if (is_union_type(y)) {
    // A variable may also be compared as a whole with its upper bound, which may be a union itself.
    if (is_typevar(x) && right_.pick()) {
      SubtypeVar *v = find(x);
      return sub(v ? v->upper : as_typevar(x)->upper, y);
    }
    return sub(x, right_.pick() ? as_union(y)->b : as_union(y)->a);
  }
  if (is_typevar(x)) {
    SubtypeVar *v = find(x);
    return sub(v ? v->upper : as_typevar(x)->upper, y);
  }
  if (is_union_all(y)) {
    if (TypeName *name = whole_name(y); name && is_datatype(x) && as_datatype(x)->name != types::TypeTypeName)
      return ancestor(as_datatype(x), name) != nullptr;
    bool lifted;
    bool holds = lift_left(x, as_union_all(y), lifted);
    return lifted ? holds : open_right(x, as_union_all(y));
  }
  return is_datatype(x) && is_datatype(y) && datatypes(as_datatype(x), as_datatype(y));
}

bool Subtyping::datatypes(DataType *x, DataType *y) {
  if (y->name == types::TypeTypeName)
    return to_type_of_type(x, y);
  if (x->name == types::TypeTypeName) {
    Value *p = (*x->parameters)[0];
    return is_type(p) && sub(type_of(p), y);
  }
  if (is_tuple(x))
    return is_tuple(y) && tuples(x, y);
  return !is_tuple(y) && nominal(x, y);
}

bool Subtyping::nominal(DataType *x, DataType *y) {
  x = ancestor(x, y->name);
  if (!x || x->parameters->length != y->parameters->length)
    return false;
  for (size_t i = 0; i < x->parameters->length; ++i)
    if (!equal((*x->parameters)[i], (*y->parameters)[i]))
      return false;
  return true;
}

bool Subtyping::to_type_of_type(DataType *x, DataType *y) {
  Value *wanted = (*y->parameters)[0];
  if (x->name == types::TypeTypeName)
    return equal((*x->parameters)[0], wanted);
  if (x == types::Bottom)
    return equal(types::Bottom_, wanted);
  if (!is_kind(x))
    return false;
  // Every type of that kind: only an unbounded variable can be any of them, and then none in particular.
  SubtypeVar *v = is_typevar(wanted) ? find(wanted) : nullptr;
  if (!v || !v->exists || v->upper != types::Any || v->lower != types::Bottom_)
    return false;
  v->lower = v->upper = make_typevar(v->var->name, types::Bottom_, types::Any);
  return true;
}

bool Subtyping::tuples(DataType *x, DataType *y) {
  auto px = parameters_of(x), py = parameters_of(y);
  Vararg *vx = trailing_vararg(x), *vy = trailing_vararg(y);
  size_t nx = px.size() - (vx ? 1 : 0), ny = py.size() - (vy ? 1 : 0);
  size_t written = nx;
  if (int64_t rest = vx ? known_length(vx) : -1; rest >= 0) {
    nx += size_t(rest);
    vx = nullptr;
  }
  if (vx && !vy)
    return false;
  if (nx < ny || (nx > ny && !vy))
    return false;
  for (size_t i = 0; i < nx; ++i)
    if (!sub(i < written ? px[i] : vararg_type(trailing_vararg(x)), i < ny ? py[i] : vararg_type(vy)))
      return false;
  // Twice: two elements of the rest may make different choices.
  if (vx && !(sub(vararg_type(vx), vararg_type(vy)) && sub(vararg_type(vx), vararg_type(vy))))
    return false;
  return !vy || !vy->n || tuple_lengths(vx, vy, nx, ny);
}

int64_t Subtyping::known_length(Vararg *v) {
  if (vararg_type(v) == types::Bottom_)
    return 0; // no element can be there
  SubtypeVar *n = v->n && is_typevar(v->n) ? find(v->n) : nullptr;
  bool known = n && n->exists && n->lower == n->upper && type_of(n->lower) == types::Int64;
  int64_t length = known ? unbox_int64(n->lower) : -1;
  return length <= kLongestKnown ? length : -1;
}

bool Subtyping::tuple_lengths(Vararg *vx, Vararg *vy, size_t nx, size_t ny) {
  if (!vx)
    return equal(raw_int64(int64_t(nx - ny)), vy->n);
  if (vx->n && nx == ny)
    return equal(vx->n, vy->n);
  // Some length that equals no other.
  return equal(make_typevar(Symbol::intern("N"), types::Bottom_, types::Any), vy->n);
}

// --- Equality, for parameters ---

bool Subtyping::equal(Value *a, Value *b) {
  if (a == b)
    return true;
  if (!enter())
    return false;
  if (is_typevar(b))
    if (SubtypeVar *v = find(b); v && v->exists)
      return bind(v, a);
  if (is_typevar(a))
    if (SubtypeVar *v = find(a); v && v->exists)
      return bind(v, b);
  if (!is_plain(a) || !is_plain(b))
    return !is_plain(a) && !is_plain(b) && egal(a, b);
  if (!is_open(a) && !is_open(b))
    return types_equal(a, b);
  if (is_datatype(a) && is_datatype(b) && !is_tuple(a) && !is_type_of_type(a) && !is_type_of_type(b))
    return as_datatype(a)->name == as_datatype(b)->name && nominal(as_datatype(a), as_datatype(b));
  return locally(a, b) && locally(b, a);
}

// Unions below a parameter do not distribute: all members on the left must be covered with one state of the
// variables outside.
bool Subtyping::locally(Value *a, Value *b) {
  Choices left = left_, right = right_;
  left_.clear();
  bool holds;
  do {
    Snapshot before;
    save(before);
    right_.clear();
    do {
      restore(before);
      left_.restart();
      holds = sub(a, b);
    } while (!holds && subtype_budget().steps > 0 && right_.next());
  } while (holds && left_.next());
  left_ = left;
  right_ = right;
  return holds;
}

bool Subtyping::bind(SubtypeVar *v, Value *a) {
  if (!is_plain(a))
    return bind_value(v, a);
  SubtypeVar *other = is_typevar(a) ? find(a) : nullptr;
  if (other && other->exists) {
    Value *lower = v->lower, *upper = v->upper;
    v->lower = v->upper = a;
    return sub(lower, a) && sub(a, upper);
  }
  return right_var(a, v->var) && left_exists(v, a);
}

bool Subtyping::bind_value(SubtypeVar *v, Value *a) {
  if (v->lower == types::Bottom_ && v->upper == types::Any) {
    v->lower = v->upper = a;
    return true;
  }
  return !is_plain(v->lower) && egal(v->lower, a);
}

// --- Variables ---

namespace {
bool is_member(Value *t, Value *of) {
  for (; is_union_type(of); of = as_union(of)->b)
    if (same_structure(t, as_union(of)->a))
      return true;
  return same_structure(t, of);
}
} // namespace

bool Subtyping::right_var(Value *x, TypeVar *y) {
  SubtypeVar *v = find(y);
  if (!v || !v->exists) {
    if (is_typevar(x)) {
      SubtypeVar *vx = find(x);
      return sub(vx ? vx->upper : as_typevar(x)->upper, y);
    }
    Value *lower = v ? v->lower : y->lower;
    return lower != types::Bottom_ && sub(x, lower);
  }
  if (!is_plain(v->lower) || !is_plain(v->upper))
    return false; // stands for a value that is no type
  if (is_member(x, v->lower))
    return true;
  // First the new bound, then its check: a bound may mention the variable itself (T <: Comparable{T}).
  v->lower = join_union(v->lower, x);
  return sub(x, v->upper);
}

bool Subtyping::left_exists(SubtypeVar *v, Value *y) {
  if (is_typevar(y))
    if (SubtypeVar *other = find(y); other && other->exists) {
      if (!sub(v->lower, y))
        return false;
      v->upper = v->upper == types::Any ? y : v->upper;
      return true;
    }
  if (!is_plain(v->lower) || !is_plain(v->upper))
    return false;
  if (same_structure(v->upper, y))
    return true;
  return sub(v->lower, y) && narrow_upper(v, y);
}

bool Subtyping::narrow_upper(SubtypeVar *v, Value *y) {
  Value *upper = v->upper;
  if (upper == types::Any || same_structure(v->lower, y)) {
    v->upper = y;
    return true;
  }
  if (!is_open(upper) && !is_open(y)) {
    v->upper = is_subtype(upper, y) ? upper : intersect_types(upper, y);
    return v->upper != types::Bottom_ || v->lower == types::Bottom_;
  }
  Snapshot before;
  save(before);
  if (sub(y, upper)) {
    v->upper = y;
    return true;
  }
  restore(before);
  if (sub(upper, y))
    return true;
  restore(before);
  return false;
}

} // namespace jl
