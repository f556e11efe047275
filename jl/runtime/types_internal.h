// SPDX-License-Identifier: MIT
// What the files of the type system share among themselves: raw objects, instantiation, substitution.
//
// Not for other rooms: types.h is the door. Types are made under `types_lock`, which is recursive and never
// held while Julia code runs or a Julia exception is thrown.
#pragma once

#include <functional>
#include <mutex>
#include <span>

#include "jl/runtime/runtime_lock.h"
#include "jl/runtime/types.h"

namespace jl {

// --- Raw objects ---------------------------------------------------------------------------------------
/// Collected, cleared, scanned memory with the tag `type`; needs no layout and no task.
Value *raw_object(DataType *type, size_t bytes);
template <class T> T *raw_object(DataType *type) {
  return static_cast<T *>(raw_object(type, sizeof(T)));
}
SimpleVector *raw_svec(std::span<Value *const> values);
inline std::span<Value *const> elements(const SimpleVector *v) {
  return {v->data, v->length};
}
inline std::span<Value *const> parameters_of(const DataType *t) {
  return elements(t->parameters);
}
/// A boxed Int64, usable before Int64 has a layout.
Value *raw_int64(int64_t v);

// --- Which kind of thing ---------------------------------------------------------------------------------
inline bool is_datatype(const Value *v) {
  return type_of(v) == types::DataType_;
}
inline bool is_union_type(const Value *v) {
  return type_of(v) == types::Union_;
}
inline bool is_union_all(const Value *v) {
  return type_of(v) == types::UnionAll_;
}
inline bool is_typevar(const Value *v) {
  return type_of(v) == types::TypeVar_;
}
inline bool is_vararg(const Value *v) {
  return type_of(v) == types::Vararg_;
}
inline DataType *as_datatype(Value *v) {
  return static_cast<DataType *>(v);
}
inline UnionType *as_union(Value *v) {
  return static_cast<UnionType *>(v);
}
inline UnionAll *as_union_all(Value *v) {
  return static_cast<UnionAll *>(v);
}
inline TypeVar *as_typevar(Value *v) {
  return static_cast<TypeVar *>(v);
}
inline Vararg *as_vararg(Value *v) {
  return static_cast<Vararg *>(v);
}
inline bool is_tuple(const Value *v) {
  return is_datatype(v) && static_cast<const DataType *>(v)->name == types::Tuple->name;
}
/// Type{X}.
bool is_type_of_type(const Value *v);
inline Value *vararg_type(Value *v) {
  return as_vararg(v)->t ? as_vararg(v)->t : static_cast<Value *>(types::Any);
}
inline bool is_int_value(const Value *v) {
  return type_of(v) == types::Int64;
}
inline int64_t int_value(const Value *v) {
  return *reinterpret_cast<const int64_t *>(v);
}
/// The Vararg that ends a Tuple type, or null.
Vararg *trailing_vararg(const DataType *tuple);
/// Type or type variable: what may stand where a type is expected.
inline bool is_type_or_var(Value *v) {
  return is_typevar(v) || is_type(v);
}
/// Body of a UnionAll chain as a DataType; null for other bodies.
DataType *unwrapped_datatype(Value *t);

// --- Making ------------------------------------------------------------------------------------------------
std::recursive_mutex &types_lock();
using TypesLock = RuntimeLock<std::recursive_mutex>;
/// `name{parameters...}`, found or made; bounds are not checked. For Tuple the parameters are normalised.
uint64_t hash_instantiation(TypeName *name, std::span<Value *const> parameters);
DataType *instantiate(TypeName *name, std::span<Value *const> parameters);
/// Puts a type made by hand (boot, definitions without parameters) into its name's table.
void adopt_instantiation(DataType *t);
/// All instantiations of a name made so far, in no order that may be shown.
void each_instantiation(TypeName *name, const std::function<void(DataType *)> &visit);
/// A union of `a` and `b`.
Value *join_union(Value *a, Value *b);

struct Replacement {
  TypeVar *var;
  Value *value;
};
/// Replaces several variables at once.
Value *substitute_all(Value *t, std::span<const Replacement> replacements);
bool occurs_in(TypeVar *var, Value *t);
/// Parameters (outermost first) of a UnionAll chain.
void union_all_vars(Value *t, GcVector<TypeVar *> &out);
/// What a parameter `t` of `whole` ranges over, seen from outside: its variables bound around it alone.
Value *parameter_range(Value *t, Value *whole);
Value *wrap_vars(Value *body, std::span<TypeVar *const> vars);

// --- Comparing ---------------------------------------------------------------------------------------------
/// Structural equality up to the names of bound variables. Implies types_equal.
bool same_structure(const Value *a, const Value *b);
/// A stable total order of types by what they say, for unions.
int compare_types(Value *a, Value *b);

// --- Layout, fields ---
/// Field types, computed now if they were put off; null while the body is unknown.
SimpleVector *ensure_field_types(DataType *t);
/// Sets flags, layout and instance of a type whose parameters and fields are known. False if some field's
/// type is not complete yet.
bool finish_layout(DataType *t);
/// Finishes types that waited for a definition.
void finish_pending_layouts();
void flag_tuple(DataType *t);
void finish_primitive(DataType *t, size_t bits);
/// Is `v` a value that may be a type parameter?
bool is_valid_parameter(Value *v);

// --- Definitions ---
TypeName *make_type_name(Module *module, Symbol name, SimpleVector *field_names);
/// The DataType with its own variables as parameters, under a fresh name; wrapped in `name->wrapper`.
DataType *make_primary_type(TypeName *name, SimpleVector *parameters, DataType *super);
/// Throws a TypeError where a parameter of `applied` is a variable whose bounds reach beyond those of the
/// parameter.
void check_variables_fit(Task *task, DataType *applied);
[[noreturn]] void throw_type_error_in(Task *task, std::string_view function, std::string_view context,
                                      Value *expected, Value *got);

namespace types {
extern Value *AbstractArray;
extern Value *DenseArray;
extern Value *GenericMemory;
extern Value *GenericMemoryRef;
extern Value *NTuple;
extern Value *UnlimitedVararg; // Vararg without parameters
extern TypeName *TypeTypeName, *NamedTupleTypeName, *GenericMemoryTypeName, *GenericMemoryRefTypeName;
} // namespace types
} // namespace jl
