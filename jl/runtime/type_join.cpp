// SPDX-License-Identifier: MIT
// typejoin: the closest type above two types that is no Union.
#include <algorithm>

#include "jl/runtime/types_internal.h"

namespace jl {

namespace {

/// `Name{...}` with the parameters that both agree on, the others left open.
Value *join_parameters(DataType *a, DataType *b) {
  GcVector<TypeVar *> own, open;
  union_all_vars(a->name->wrapper, own);
  GcVector<Value *> parameters;
  for (size_t i = 0; i < a->parameters->length; ++i) {
    Value *p = (*a->parameters)[i], *q = (*b->parameters)[i];
    if (p == q || (is_type_or_var(p) && is_type_or_var(q) ? types_equal(p, q) : egal(p, q))) {
      parameters.push_back(p);
      continue;
    }
    TypeVar *var = make_typevar(own[i]->name, own[i]->lower, own[i]->upper);
    open.push_back(var);
    parameters.push_back(var);
  }
  if (open.size() == own.size())
    return a->name->wrapper;
  return wrap_vars(instantiate(a->name, parameters), open);
}

Value *join_tuples(DataType *a, DataType *b) {
  auto pa = parameters_of(a), pb = parameters_of(b);
  Vararg *va = trailing_vararg(a), *vb = trailing_vararg(b);
  size_t na = pa.size() - (va ? 1 : 0), nb = pb.size() - (vb ? 1 : 0), n = std::min(na, nb);
  GcVector<Value *> out;
  for (size_t i = 0; i < n; ++i)
    out.push_back(type_join(pa[i], pb[i]));
  if (va || vb || na != nb) {
    Value *rest = types::Bottom_;
    for (size_t i = n; i < na; ++i)
      rest = type_join(rest, pa[i]);
    for (size_t i = n; i < nb; ++i)
      rest = type_join(rest, pb[i]);
    rest = va ? type_join(rest, vararg_type(va)) : rest;
    rest = vb ? type_join(rest, vararg_type(vb)) : rest;
    out.push_back(make_vararg(rest, nullptr));
  }
  return instantiate(types::Tuple->name, out);
}

Value *join_datatypes(DataType *a, DataType *b) {
  if (is_tuple(a) && is_tuple(b))
    return join_tuples(a, b);
  for (DataType *x = a; x != types::Any; x = x->super)
    for (DataType *y = b; y != types::Any; y = y->super)
      if (x == y && x->name->wrapper == types::Type)
        return types::Type; // the kinds lie below a Type{T} with nothing around it
      else if (x->name == y->name)
        return join_parameters(x, y);
  return types::Any;
}

/// A Tuple above `t` without variables that tie its elements together.
Value *untied(Value *t) {
  if (!is_union_all(t) || !is_tuple_type(t))
    return t;
  GcVector<Value *> params;
  for (Value *p : parameters_of(as_datatype(unwrap_union_all(t))))
    params.push_back(is_vararg(p) ? make_vararg(parameter_range(vararg_type(p), t), nullptr)
                                  : parameter_range(p, t));
  return instantiate(types::Tuple->name, params);
}

} // namespace

Value *type_join(Value *a, Value *b) {
  if (is_subtype(a, b))
    return b;
  if (is_subtype(b, a))
    return a;
  if (is_typevar(a))
    return type_join(as_typevar(a)->upper, b);
  if (is_typevar(b))
    return type_join(a, as_typevar(b)->upper);
  if (is_union_type(a))
    return type_join(type_join(as_union(a)->a, as_union(a)->b), b);
  if (is_union_type(b))
    return type_join(a, type_join(as_union(b)->a, as_union(b)->b));
  if (is_tuple_type(a) && is_tuple_type(b) && (is_union_all(a) || is_union_all(b)))
    return type_join(untied(a), untied(b));
  if (is_union_all(a))
    return make_union_all(as_union_all(a)->var, type_join(as_union_all(a)->body, b));
  if (is_union_all(b))
    return make_union_all(as_union_all(b)->var, type_join(a, as_union_all(b)->body));
  return join_datatypes(as_datatype(a), as_datatype(b));
}

} // namespace jl
