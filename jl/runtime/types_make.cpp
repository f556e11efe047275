// SPDX-License-Identifier: MIT
// Unions, variables, UnionAlls, Varargs and substitution. Instantiated DataTypes are in
// types_instantiate.cpp.
#include <algorithm>

#include "jl/runtime/symbols.h"
#include "jl/runtime/types_internal.h"

namespace jl {

Value *raw_object(DataType *type, size_t bytes) {
  void **block = static_cast<void **>(gc_alloc_scanned(bytes + sizeof(void *)));
  block[0] = type;
  return reinterpret_cast<Value *>(block + 1);
}

SimpleVector *raw_svec(std::span<Value *const> values) {
  auto *v = static_cast<SimpleVector *>(
      raw_object(types::SimpleVector_, sizeof(SimpleVector) + values.size() * sizeof(Value *)));
  v->length = values.size();
  std::copy(values.begin(), values.end(), v->data);
  return v;
}

Value *raw_int64(int64_t v) {
  Value *box = raw_object(types::Int64, sizeof(int64_t));
  *reinterpret_cast<int64_t *>(box) = v;
  return box;
}

std::recursive_mutex &types_lock() {
  static std::recursive_mutex mutex;
  return mutex;
}

// --- Unions ------------------------------------------------------------------------------------------------

void union_members(Value *t, GcVector<Value *> &out) {
  while (is_union_type(t)) {
    union_members(as_union(t)->a, out);
    t = as_union(t)->b;
  }
  if (t != types::Bottom_)
    out.push_back(t);
}

namespace {

/// Is `a` made needless by `b`? Types with free variables are only compared by structure.
bool is_covered(Value *a, Value *b) {
  if (same_structure(a, b))
    return true;
  if (is_typevar(a) || is_typevar(b) || has_free_typevars(a) || has_free_typevars(b))
    return false;
  return is_subtype(a, b);
}

void drop_covered(GcVector<Value *> &members) {
  for (size_t i = 0; i < members.size();) {
    bool covered = false;
    for (size_t j = 0; j < members.size() && !covered; ++j)
      // Of two equal members the first stays.
      covered =
          i != j && is_covered(members[i], members[j]) && !(j > i && is_covered(members[j], members[i]));
    if (covered)
      members.erase(members.begin() + i);
    else
      ++i;
  }
}

// By insertion: few members, and std::stable_sort would keep some in memory that the collector does not see.
void sort_members(GcVector<Value *> &members) {
  for (size_t i = 1; i < members.size(); ++i)
    for (size_t j = i; j > 0 && compare_types(members[j], members[j - 1]) < 0; --j)
      std::swap(members[j], members[j - 1]);
}

} // namespace

Value *make_union(std::span<Value *const> parts) {
  GcVector<Value *> members;
  for (Value *part : parts)
    union_members(part, members);
  if (std::ranges::find(members, types::Any) != members.end())
    return types::Any;
  drop_covered(members);
  sort_members(members);
  if (members.empty())
    return types::Bottom_;
  Value *result = members.back();
  for (size_t i = members.size() - 1; i-- > 0;) {
    auto *u = raw_object<UnionType>(types::Union_);
    u->a = members[i];
    u->b = result;
    result = u;
  }
  return result;
}

Value *join_union(Value *a, Value *b) {
  if (a == b || b == types::Bottom_)
    return a;
  if (a == types::Bottom_)
    return b;
  Value *parts[] = {a, b};
  return make_union(parts);
}

// --- Variables ---

TypeVar *make_typevar(Symbol name, Value *lower, Value *upper) {
  auto *var = raw_object<TypeVar>(types::TypeVar_);
  var->name = name;
  var->name_value = symbol_value(name);
  var->lower = lower ? lower : types::Bottom_;
  var->upper = upper ? upper : types::Any;
  return var;
}

bool occurs_in(TypeVar *var, Value *t) {
  if (!t)
    return false;
  if (t == var)
    return true;
  if (is_datatype(t)) {
    if (!as_datatype(t)->has_free_typevars)
      return false;
    for (Value *p : parameters_of(as_datatype(t)))
      if (occurs_in(var, p))
        return true;
    return false;
  }
  if (is_union_type(t))
    return occurs_in(var, as_union(t)->a) || occurs_in(var, as_union(t)->b);
  if (is_vararg(t))
    return occurs_in(var, as_vararg(t)->t) || occurs_in(var, as_vararg(t)->n);
  if (!is_union_all(t))
    return false;
  auto *u = as_union_all(t);
  return occurs_in(var, u->var->lower) || occurs_in(var, u->var->upper) ||
         (u->var != var && occurs_in(var, u->body));
}

Value *make_union_all(TypeVar *var, Value *body) {
  // `T where T` is what T may be at most.
  if (body == var)
    return var->upper;
  // `Vararg{T} where T` is the Vararg of a UnionAll.
  if (is_vararg(body) && as_vararg(body)->t && !occurs_in(var, as_vararg(body)->n))
    return make_vararg(make_union_all(var, as_vararg(body)->t), as_vararg(body)->n);
  if (!occurs_in(var, body))
    return body;
  auto *u = raw_object<UnionAll>(types::UnionAll_);
  u->var = var;
  u->body = body;
  return u;
}

Value *make_vararg(Value *t, Value *n) {
  auto *v = raw_object<Vararg>(types::Vararg_);
  v->t = t;
  v->n = n;
  return v;
}

void union_all_vars(Value *t, GcVector<TypeVar *> &out) {
  for (; is_union_all(t); t = as_union_all(t)->body)
    out.push_back(as_union_all(t)->var);
}

Value *wrap_vars(Value *body, std::span<TypeVar *const> vars) {
  for (size_t i = vars.size(); i-- > 0;)
    body = make_union_all(vars[i], body);
  return body;
}

Value *parameter_range(Value *t, Value *whole) {
  GcVector<TypeVar *> vars;
  union_all_vars(whole, vars);
  return wrap_vars(t, vars);
}

Value *unwrap_union_all(Value *t) {
  while (is_union_all(t))
    t = as_union_all(t)->body;
  return t;
}

Value *rewrap_union_all(Value *t, Value *like) {
  if (!is_union_all(like))
    return t;
  return make_union_all(as_union_all(like)->var, rewrap_union_all(t, as_union_all(like)->body));
}

DataType *unwrapped_datatype(Value *t) {
  t = unwrap_union_all(t);
  return is_datatype(t) ? as_datatype(t) : nullptr;
}

// --- Substitution ---

namespace {

using Replacements = std::span<const Replacement>;

Value *substitute_datatype(DataType *t, Replacements r) {
  if (!t->has_free_typevars)
    return t;
  GcVector<Value *> parameters;
  bool changed = false;
  for (Value *p : parameters_of(t)) {
    parameters.push_back(substitute_all(p, r));
    changed |= parameters.back() != p;
  }
  return changed ? instantiate(t->name, parameters) : t;
}

Value *substitute_vararg(Vararg *v, Replacements r) {
  Value *t = v->t ? substitute_all(v->t, r) : nullptr;
  Value *n = v->n ? substitute_all(v->n, r) : nullptr;
  return t == v->t && n == v->n ? v : make_vararg(t, n);
}

bool would_capture(TypeVar *bound, Replacements r) {
  return std::ranges::any_of(r, [&](const Replacement &one) { return occurs_in(bound, one.value); });
}

// The binder hides its own variable from replacement, and gets a new one where a replacement mentions it.
Value *substitute_union_all(UnionAll *u, Replacements r) {
  GcVector<Replacement> inner;
  for (const Replacement &replacement : r)
    if (replacement.var != u->var)
      inner.push_back(replacement);
  Value *lower = substitute_all(u->var->lower, inner), *upper = substitute_all(u->var->upper, inner);
  if (lower == u->var->lower && upper == u->var->upper && !would_capture(u->var, inner)) {
    Value *body = substitute_all(u->body, inner);
    return body == u->body ? u : make_union_all(u->var, body);
  }
  TypeVar *var = make_typevar(u->var->name, lower, upper);
  inner.push_back({u->var, var});
  return make_union_all(var, substitute_all(u->body, inner));
}

} // namespace

Value *substitute_all(Value *t, Replacements r) {
  if (is_datatype(t))
    return substitute_datatype(as_datatype(t), r);
  if (is_typevar(t)) {
    auto hit = std::ranges::find(r, as_typevar(t), &Replacement::var);
    return hit == r.end() ? t : hit->value;
  }
  if (is_union_type(t)) {
    Value *parts[] = {substitute_all(as_union(t)->a, r), substitute_all(as_union(t)->b, r)};
    return parts[0] == as_union(t)->a && parts[1] == as_union(t)->b ? t : make_union(parts);
  }
  if (is_vararg(t))
    return substitute_vararg(as_vararg(t), r);
  return is_union_all(t) ? substitute_union_all(as_union_all(t), r) : t;
}

Value *substitute(Value *t, TypeVar *var, Value *replacement) {
  Replacement one[] = {{var, replacement}};
  return substitute_all(t, one);
}

} // namespace jl
