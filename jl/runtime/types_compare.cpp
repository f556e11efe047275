// SPDX-License-Identifier: MIT
// The order of union members: by what the types say, so that it is the same in every process.
#include "jl/runtime/types_internal.h"
#include "jl/support/numbered_order.h"

namespace jl {

namespace {

int three_way(uint64_t a, uint64_t b) {
  return a < b ? -1 : a > b;
}

/// Singletons come first (Nothing, Missing), then bits types, other DataTypes, the rest.
int rank(Value *t) {
  if (is_typevar(t))
    return 5;
  if (is_union_all(t))
    return unwrapped_datatype(t) ? 3 : 4;
  if (!is_datatype(t))
    return 6;
  DataType *d = as_datatype(t);
  return d->instance ? 0 : d->is_bits && d->is_concrete ? 1 : 2;
}

Symbol name_of(Value *t) {
  if (is_typevar(t))
    return as_typevar(t)->name;
  DataType *d = unwrapped_datatype(t);
  return d ? d->name->name : Symbol();
}

int compare_values(Value *a, Value *b) {
  if (is_int_value(a) && is_int_value(b))
    return int_value(a) < int_value(b) ? -1 : int_value(a) > int_value(b);
  return three_way(object_id(a), object_id(b));
}

int compare_parameters(Value *a, Value *b) {
  DataType *x = unwrapped_datatype(a), *y = unwrapped_datatype(b);
  if (!x || !y)
    return 0;
  if (int order = three_way(x->parameters->length, y->parameters->length))
    return order;
  for (size_t i = 0; i < x->parameters->length; ++i)
    if (int order = compare_types((*x->parameters)[i], (*y->parameters)[i]))
      return order;
  return 0;
}

} // namespace

int compare_types(Value *a, Value *b) {
  if (a == b)
    return 0;
  bool type_a = is_type_or_var(a), type_b = is_type_or_var(b);
  if (!type_a || !type_b)
    return type_a != type_b ? (type_a ? -1 : 1) : compare_values(a, b);
  if (int order = rank(a) - rank(b))
    return order;
  Symbol x = name_of(a), y = name_of(b);
  if (x && y && x != y)
    return x.text().starts_with('#') ? compare_numbered(x.text(), y.text()) : x < y ? -1 : 1;
  if (int order = compare_parameters(a, b))
    return order;
  return three_way(type_hash(a), type_hash(b));
}

} // namespace jl
