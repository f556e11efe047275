// SPDX-License-Identifier: MIT
// Questions about types that need no subtyping.
#include <algorithm>

#include "jl/runtime/types_internal.h"
#include "jl/runtime/values.h"

namespace jl {

bool is_type(Value *v) {
  return type_of(v)->is_kind;
}

bool is_kind(Value *v) {
  return v == types::DataType_ || v == types::UnionAll_ || v == types::Union_ || v == types::Bottom;
}

bool is_type_of_type(const Value *v) {
  return is_datatype(v) && static_cast<const DataType *>(v)->name == types::TypeTypeName;
}

bool is_concrete_type(Value *t) {
  return is_datatype(t) && as_datatype(t)->is_concrete;
}

bool is_tuple_type(Value *t) {
  t = unwrap_union_all(t);
  return is_tuple(t);
}

bool is_named_tuple_type(Value *t) {
  DataType *d = unwrapped_datatype(t);
  return d && d->name == types::NamedTupleTypeName;
}

bool is_union(Value *t) {
  return is_union_type(t);
}

bool is_singleton_type(Value *t) {
  return is_datatype(t) && as_datatype(t)->instance;
}

bool is_mutable_type(Value *t) {
  DataType *d = unwrapped_datatype(t);
  return d && d->name->is_mutable;
}

bool is_instance_of_wrapper(Value *t, Value *wrapper) {
  DataType *of = wrapper ? unwrapped_datatype(wrapper) : nullptr; // null: Base has not defined it yet
  return of && is_datatype(t) && as_datatype(t)->name == of->name;
}

Vararg *trailing_vararg(const DataType *tuple) {
  size_t n = tuple->parameters->length;
  Value *last = n ? (*tuple->parameters)[n - 1] : nullptr;
  return last && is_vararg(last) ? as_vararg(last) : nullptr;
}

namespace {

struct Bound {
  const TypeVar *var;
  const Bound *outer;
};

bool has_free(Value *t, const Bound *bound) {
  if (!t)
    return false;
  if (is_datatype(t)) {
    if (!as_datatype(t)->has_free_typevars || !bound)
      return as_datatype(t)->has_free_typevars;
    return std::ranges::any_of(parameters_of(as_datatype(t)), [&](Value *p) { return has_free(p, bound); });
  }
  if (is_typevar(t)) {
    for (; bound; bound = bound->outer)
      if (bound->var == t)
        return false;
    return true;
  }
  if (is_union_type(t))
    return has_free(as_union(t)->a, bound) || has_free(as_union(t)->b, bound);
  if (is_vararg(t))
    return has_free(as_vararg(t)->t, bound) || has_free(as_vararg(t)->n, bound);
  if (!is_union_all(t))
    return false;
  auto *u = as_union_all(t);
  Bound inner{u->var, bound};
  return has_free(u->var->lower, bound) || has_free(u->var->upper, bound) || has_free(u->body, &inner);
}

} // namespace

bool has_free_typevars(Value *t) {
  return has_free(t, nullptr);
}

int type_depth(Value *t) {
  if (is_union_type(t))
    return std::max(type_depth(as_union(t)->a), type_depth(as_union(t)->b));
  if (is_union_all(t))
    return std::max(type_depth(as_union_all(t)->var->upper), type_depth(as_union_all(t)->body));
  if (is_vararg(t))
    return type_depth(vararg_type(t));
  if (!is_datatype(t))
    return 0;
  DataType *d = as_datatype(t);
  if (uint32_t known = d->depth_known.load(std::memory_order_relaxed))
    return int(known - 1);
  int depth = 0;
  for (Value *p : parameters_of(d))
    depth = std::max(depth, type_depth(p) + 1);
  d->depth_known.store(uint32_t(depth) + 1, std::memory_order_relaxed);
  return depth;
}

namespace {
constexpr int kHugeType = 1 << 24; // types share their parts: counted one by one these may be any number
}

int type_size(Value *t) {
  if (is_union_type(t))
    return std::min(type_size(as_union(t)->a) + type_size(as_union(t)->b), kHugeType);
  if (is_union_all(t))
    return 1 + type_size(as_union_all(t)->body);
  if (is_vararg(t))
    return 1 + type_size(vararg_type(t));
  if (!is_datatype(t))
    return 1;
  DataType *d = as_datatype(t);
  if (uint32_t known = d->size_known.load(std::memory_order_relaxed))
    return int(known);
  int size = 1;
  for (Value *p : parameters_of(d))
    size = std::min(size + type_size(p), kHugeType);
  d->size_known.store(uint32_t(size), std::memory_order_relaxed);
  return size;
}

// --- Fields ---

namespace {

Value *tuple_field_type(DataType *t, size_t i) {
  auto params = parameters_of(t);
  if (i < params.size() && !is_vararg(params[i]))
    return params[i];
  Vararg *rest = trailing_vararg(t);
  return rest ? vararg_type(rest) : types::Bottom_;
}

Value *datatype_field_type(DataType *t, size_t i) {
  if (t->name == types::Tuple->name)
    return tuple_field_type(t, i);
  if (is_named_tuple_type(t)) {
    Value *fields = (*t->parameters)[1];
    return is_tuple(fields) ? tuple_field_type(as_datatype(fields), i) : static_cast<Value *>(types::Any);
  }
  SimpleVector *fields = ensure_field_types(t);
  return fields && i < fields->length ? (*fields)[i] : types::Bottom_;
}

} // namespace

Value *field_type(Value *t, size_t i) {
  if (is_union_type(t))
    return join_union(field_type(as_union(t)->a, i), field_type(as_union(t)->b, i));
  if (is_union_all(t))
    return make_union_all(as_union_all(t)->var, field_type(as_union_all(t)->body, i));
  if (is_typevar(t))
    return field_type(as_typevar(t)->upper, i);
  return is_datatype(t) ? datatype_field_type(as_datatype(t), i) : types::Bottom_;
}

int64_t field_count(Value *t) {
  if (is_union_type(t)) {
    int64_t a = field_count(as_union(t)->a), b = field_count(as_union(t)->b);
    return a == b ? a : -1;
  }
  DataType *d = unwrapped_datatype(t);
  if (!d)
    return -1;
  if (d->name == types::Tuple->name)
    return trailing_vararg(d) ? -1 : int64_t(d->parameters->length);
  if (is_named_tuple_type(d)) {
    Value *names = (*d->parameters)[0];
    if (!is_typevar(names))
      return type_of(names)->layout->nfields;
    return is_tuple((*d->parameters)[1]) ? field_count((*d->parameters)[1]) : -1;
  }
  if (d->name->is_abstract)
    return -1;
  SimpleVector *fields = ensure_field_types(d);
  return fields ? int64_t(fields->length) : -1;
}

Symbol field_name(DataType *t, size_t i) {
  if (is_named_tuple_type(t)) {
    Value *names = (*t->parameters)[0];
    if (is_typevar(names) || i >= type_of(names)->layout->nfields)
      return Symbol();
    return static_cast<SymbolValue *>(reinterpret_cast<Value *const *>(names)[i])->name;
  }
  if (i >= t->name->field_names->length)
    return Symbol();
  return static_cast<SymbolValue *>((*t->name->field_names)[i])->name;
}

int64_t field_index(DataType *t, Symbol name) {
  size_t n =
      is_named_tuple_type(t) ? size_t(std::max<int64_t>(0, field_count(t))) : t->name->field_names->length;
  for (size_t i = 0; i < n; ++i)
    if (field_name(t, i) == name)
      return int64_t(i);
  return -1;
}

} // namespace jl
