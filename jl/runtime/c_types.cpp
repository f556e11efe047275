// SPDX-License-Identifier: MIT
// Questions about types, for Base's reflection.
#include "jl/runtime/arrays.h"
#include "jl/runtime/c_function.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/method.h"
#include "jl/runtime/module.h"
#include "jl/runtime/show_value.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/values.h"

using namespace jl;

/// `v` as a type (or type variable); throws TypeError.
static Value *type_argument(Value *v) {
  if (!is_type(v) && type_of(v) != types::TypeVar_)
    throw_type_error(current_task(), "type", types::Type, v);
  return v;
}

/// The DataType under UnionAlls, or null.
static DataType *datatype_under(Value *v) {
  Value *t = unwrap_union_all(type_argument(v));
  return type_of(t) == types::DataType_ ? static_cast<DataType *>(t) : nullptr;
}

/// A DataType as it stands, or null.
static DataType *datatype(Value *v) {
  return type_of(v) == types::DataType_ ? static_cast<DataType *>(v) : nullptr;
}

static DataType *datatype_argument(Value *v) {
  DataType *t = datatype_under(v);
  if (!t)
    throw_type_error(current_task(), "type", types::DataType_, v);
  return t;
}

// --- Text ---

C_EXPORT Value *jl_type_string(Value *type, Value *module) {
  Module *from = type_of(module) == types::Module_ ? static_cast<Module *>(module) : nullptr;
  return new_string(current_task(), type_as_shown(type, from));
}

C_EXPORT Value *jl_method_string(Value *method) {
  return new_string(current_task(), method_to_string(static_cast<Method *>(method)));
}

C_EXPORT Value *jl_method_keywords(Value *method) {
  Value *names = static_cast<Method *>(method)->keyword_names;
  return names ? names : types::Nothing->instance;
}

// --- Computing ---

C_EXPORT Value *jl_type_intersection(Value *a, Value *b) {
  return intersect_types(type_argument(a), type_argument(b));
}
C_EXPORT Value *jl_type_join(Value *a, Value *b) {
  return type_join(type_argument(a), type_argument(b));
}
C_EXPORT Value *jl_type_unwrap(Value *t) {
  return unwrap_union_all(t);
}
C_EXPORT Value *jl_type_rewrap(Value *t, Value *like) {
  return rewrap_union_all(t, like);
}
C_EXPORT uint64_t jl_type_hash(Value *t) {
  return type_hash(t);
}
// --- Kinds ---

C_EXPORT uint8_t jl_is_concrete(Value *t) {
  return is_concrete_type(t);
}
C_EXPORT uint8_t jl_is_bits_type(Value *t) {
  return datatype(t) && datatype(t)->is_bits;
}
C_EXPORT uint8_t jl_is_mutable_type(Value *t) {
  DataType *d = datatype_under(t);
  return d && d->name->is_mutable;
}

C_EXPORT uint8_t jl_is_primitive_type(Value *t) {
  DataType *d = datatype_under(t);
  return d && d->is_primitive;
}

C_EXPORT uint8_t jl_is_abstract_type(Value *t) {
  DataType *d = datatype_under(t);
  return d && d->name->is_abstract;
}

C_EXPORT uint8_t jl_is_struct_type(Value *t) {
  DataType *d = datatype_under(t);
  return d && !d->is_primitive && !d->name->is_abstract;
}

// --- Fields ---

C_EXPORT int64_t jl_field_count(Value *t) {
  return field_count(type_argument(t));
}

C_EXPORT int64_t jl_field_index(Value *t, Value *name) {
  return field_index(datatype_argument(t), symbol_of(name)) + 1;
}

/// The names in a NamedTuple's first parameter.
static Value *named_tuple_names(Task *task, DataType *t) {
  Value *names = t->parameters->data[0];
  if (!is_tuple_type(type_of(names)))
    throw_argument_error(task, "type does not have definite field names");
  SimpleVector *out = alloc_svec(task, tuple_length(names));
  for (size_t i = 0; i < out->length; i++)
    out->data[i] = tuple_field(task, names, uint32_t(i));
  return out;
}

C_EXPORT Value *jl_field_names(Value *type) {
  Task *task = current_task();
  DataType *t = datatype_argument(type);
  if (is_named_tuple_type(t))
    return named_tuple_names(task, t);
  if (!is_tuple_type(t))
    return t->name->field_names;
  int64_t n = field_count(t);
  if (n < 0)
    throw_argument_error(task, "type does not have a definite number of fields");
  SimpleVector *out = alloc_svec(task, size_t(n));
  for (int64_t i = 0; i < n; i++)
    out->data[i] = box_int64(task, i + 1);
  return out;
}

static bool has_field(const DataType *t, int64_t i) {
  return t && t->layout && i >= 1 && i <= int64_t(t->layout->nfields);
}

C_EXPORT int64_t jl_field_offset(Value *type, int64_t i) {
  DataType *t = datatype(type);
  return has_field(t, i) ? int64_t(t->layout->fields[i - 1].offset) : -1;
}

C_EXPORT uint8_t jl_is_field_const(Value *type, int64_t i) {
  return datatype_argument(type)->name->is_const_field(size_t(i) - 1);
}

// --- Sizes ---

C_EXPORT int64_t jl_type_alignment(Value *type) {
  DataType *t = datatype(type);
  return t && t->layout ? int64_t(t->layout->alignment) : -1;
}

C_EXPORT int64_t jl_element_size(Value *type) {
  return int64_t(element_size(type));
}
// --- Names and relations ---

C_EXPORT Value *jl_type_module(Value *t) {
  return datatype_argument(t)->name->module;
}
C_EXPORT Value *jl_type_name(Value *t) {
  return symbol_value(datatype_argument(t)->name->name);
}
