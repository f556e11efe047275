// SPDX-License-Identifier: MIT
// The type system: making types, asking questions of them, computing with them.
//
// Types are hash-consed where they have no free type variables, so that equal concrete types are one
// object and `==` on pointers decides; `types_equal` decides in general. Nothing here calls Julia code. All
// functions are thread-safe. Types are Value*: DataType, UnionType, UnionAll, TypeVar, Vararg (only as last
// Tuple parameter), and any bits value or Symbol as a parameter.
#pragma once

#include <span>
#include <string>

#include "jl/runtime/gc.h"
#include "jl/runtime/value.h"

namespace jl {

// --- Well-known types: DataType *types::Int64 etc., one line each in builtin_types.def -------------------
namespace types {
#define BUILTIN_TYPE(cpp_name, julia_name) extern DataType *cpp_name;
#include "jl/runtime/builtin_types.def"
extern Value *Array;  // UnionAll wrappers
extern Value *Vector; // Array{T,1} where T
extern Value *Matrix;
extern Value *Memory; // Memory{T} where T: GenericMemory{:not_atomic,T,CPU}
extern Value *MemoryRef;
extern Value *Ptr;
extern Value *Ref;  // Ref{T} where T, abstract
extern Value *Type; // Type{T} where T
extern Value *NamedTuple;
extern Value *OpaqueClosure; // OpaqueClosure{A,R} where {A,R}
extern DataType *VectorAny;
extern DataType *EmptyTuple;
extern Value *Bottom_; // Union{}
} // namespace types

/// Makes every builtin type and puts it into Core. Called once, before anything else.
void boot_types();

// --- Making types -----------------------------------------------------------------------------------------
Value *make_union(std::span<Value *const> members); // flattened, deduplicated by subtyping, sorted stably
Value *make_union_all(TypeVar *var, Value *body);   // body itself when var does not occur in it
TypeVar *make_typevar(Symbol name, Value *lower, Value *upper);
DataType *make_tuple_type(std::span<Value *const> parameters); // throws TypeError on bad parameters
Value *make_vararg(Value *t, Value *n);
/// Applies a UnionAll (or a wrapper such as Union, Tuple, Vararg, NamedTuple) to parameters. Throws as Julia
/// does.
Value *apply_type(Task *task, Value *constructor, std::span<Value *const> parameters);
/// `t` with `var` replaced.
Value *substitute(Value *t, TypeVar *var, Value *replacement);
Value *type_of_type(Value *t); // Type{t}
/// Tuple{typeof(args)...}, with Type{T} for arguments that are types: what dispatch looks at.
DataType *argument_types(Value *f, Value *const *args, size_t n);
/// For struct/abstract/primitive definitions: a new type name with its wrapper; see builtins _structtype &
/// co.
Value *new_struct_type(Module *module, Symbol name, SimpleVector *parameters, SimpleVector *field_names,
                       bool is_mutable, int n_uninitialized, uint64_t const_fields);
Value *new_abstract_type(Module *module, Symbol name, SimpleVector *parameters);
Value *new_primitive_type(Module *module, Symbol name, SimpleVector *parameters, size_t bits);
void set_supertype(Task *task, Value *type, Value *super);
void set_field_types(Task *task, Value *type, SimpleVector *field_types);
/// Is `a` the same definition as `b` (so that running a struct definition twice is no redefinition)?
bool equivalent_definition(Value *a, Value *b);
/// A DataType with TypeName for a function or closure: `typeof(f)`, a singleton subtype of Function.
DataType *new_function_type(Module *module, Symbol name);

// --- Asking
// -------------------------------------------------------------------------------------------------
bool is_subtype(Value *a, Value *b);
bool types_equal(Value *a, Value *b);
bool is_a(Value *v, Value *type);
bool is_type(Value *v); // a value of kind Type
bool is_kind(Value *v); // DataType, Union, UnionAll or TypeofBottom themselves
bool is_concrete_type(Value *t);
bool is_tuple_type(Value *t);
bool is_named_tuple_type(Value *t);
bool is_union(Value *t);
bool has_free_typevars(Value *t);
bool is_singleton_type(Value *t); // exactly one instance
bool is_mutable_type(Value *t);
/// Is `t` a DataType that `wrapper` (a UnionAll such as types::Array) gives for some parameters?
bool is_instance_of_wrapper(Value *t, Value *wrapper);
/// How deep parameters nest, and how many types `t` mentions: inference widens by these alone.
int type_depth(Value *t);
int type_size(Value *t);
uint64_t type_hash(Value *t); // equal types hash equal; the same in every process
/// Core's `===` on any two values; hash that agrees with it and depends on content where content decides.
bool egal(const Value *a, const Value *b);
uint64_t object_id(const Value *v);

// --- Computing
// ------------------------------------------------------------------------------------------------
Value *intersect_types(Value *a, Value *b); // Union{} when disjoint; may over-approximate, never under
/// The same, also giving the values of `b`'s static parameters (TypeVars where not determined).
Value *intersect_with_sparams(Value *a, Value *b, GcVector<Value *> &sparams);
Value *type_join(Value *a, Value *b);
bool more_specific(Value *a, Value *b); // method signature order
/// `t` without its outer UnionAlls, and with them put back.
Value *unwrap_union_all(Value *t);
Value *rewrap_union_all(Value *t, Value *like);
/// A Tuple type of concrete types: what a call's arguments look like.
inline bool is_dispatch_tuple(Value *t) {
  return type_of(t) == types::DataType_ && static_cast<DataType *>(t)->is_dispatch_tuple;
}
/// Members of a union in its order; the type itself otherwise.
void union_members(Value *t, GcVector<Value *> &out);
/// Type of field `i` (0-based) of `t`; Union{} if there is none. Handles unions, UnionAlls and Tuples with
/// Vararg.
Value *field_type(Value *t, size_t i);
/// Number of fields of every instance, or -1 when that is not known from the type.
int64_t field_count(Value *t);
/// Index of the field named `name` in a struct or NamedTuple type, or -1.
int64_t field_index(DataType *t, Symbol name);
/// Name of field `i` of a struct or NamedTuple type; null for Tuples and past the end.
Symbol field_name(DataType *t, size_t i);

// --- Layout
// -----------------------------------------------------------------------------------------------------
/// Size in bytes of an element of a Memory{t}; 8 for pointers; and whether it lies inline.
size_t element_size(Value *t);
bool is_stored_inline(Value *t);
/// Reads a value at `p` of the inline type `t` into a fresh box (small integers and singletons are shared).
Value *box_at(Task *task, DataType *t, const void *p);

// --- Showing
// ------------------------------------------------------------------------------------------------------
/// As Julia prints a type. With `from`, names visible in that module are not qualified (default: Main).
std::string type_to_string(Value *t, Module *from = nullptr);
/// The same for names inside a unit: without module are only Core's, Main's and what Base exports, whatever
/// Main has imported by now. What is imported is state, and may not reach a unit.
std::string type_to_unit_string(Value *t);
/// `f(::Int64, ::Vector{String})`: a call as error messages show it; `f(x::Int64, y)` with the arguments'
/// names and `keywords` (`; a, b`) after them.
std::string signature_to_string(Value *tuple_type, Module *from = nullptr,
                                std::span<const Symbol> argument_names = {}, std::string_view keywords = "");
/// One parameter of a signature whose variables are `vars`, which therefore show as their names alone.
std::string parameter_to_string(Value *parameter, std::span<TypeVar *const> vars, Module *from = nullptr);
/// How a function or type reads in front of an argument list: `f`, `Foo{Int64}`, `(::Adder)`.
std::string callee_to_string(Value *function_type, Module *from = nullptr);

} // namespace jl
