// SPDX-License-Identifier: MIT
// What inference knows about one value.
//
// An element is a type, and with it perhaps the value itself (a constant) or the elements of its fields (a
// partial tuple or immutable struct). The order: Union{} below constants, below partial values, below types,
// below Any. Everything here is a pure function of its arguments: widening looks at type depth, size and
// member counts alone, never at where inference stands.
#pragma once

#include "jl/runtime/task.h"
#include "jl/runtime/types.h"

namespace jl::inference {

struct Partial;

/// One lattice element. `type` is null only for a value that has not been reached yet (below Union{}).
struct Lat {
  Value *type = nullptr;
  Value *constant = nullptr;
  const Partial *partial = nullptr;
  bool known() const { return type != nullptr; }
};

/// Elements of the fields of a tuple, NamedTuple or immutable struct of concrete type.
struct Partial {
  GcVector<Lat> fields;
};

inline constexpr int kMaxUnionMembers = 4;
inline constexpr int kMaxTypeDepth = 12;
inline constexpr int kMaxRecursiveTypeDepth = 5; // arguments of a method that calls itself
inline constexpr int kMaxTypeSize = 200;
inline constexpr int kMaxPartialFields = 64;

// --- Making -----------------------------------------------------------------------------------------------
Lat bottom();
Lat any();
/// The element of a constant; its type is Type{c} for types.
Lat lat_const(Value *constant);
/// The element of a type; a constant when the type has exactly one instance or is Type{T} of a closed T.
Lat lat_type(Value *type);
Lat lat_bool(bool value);
/// A value of concrete `type` whose fields are known like this. Plain type when nothing is known of them
/// beyond it.
Lat lat_partial(DataType *type, GcVector<Lat> fields);
/// A tuple with these elements: constant when all are, partial when some are.
Lat lat_tuple(std::span<const Lat> elements);

// --- Asking -----------------------------------------------------------------------------------------------
bool is_bottom(const Lat &a); // also for what was not reached
bool same(const Lat &a, const Lat &b);
/// a ⊑ b
bool below(const Lat &a, const Lat &b);
bool is_const_bool(const Lat &a, bool value);
/// Is every value of `a` of type `type`; is none?
bool surely_isa(const Lat &a, Value *type);
bool never_isa(const Lat &a, Value *type);
/// May it be stored in a unit's constants: closed over bits, symbols, types, short strings and functions.
bool is_storable_constant(Value *v);
/// A line of the source: code that is moved stays the same code, so nothing may be concluded from where it
/// is.
bool is_position(Value *v);
/// Is there an address in what never changes of `v`? It is another one in each process: code must not be made
/// of it.
bool holds_address(Value *v);
/// Field `i` of `a`, from its constant, its partial fields or its type.
Lat field_of(const Lat &a, size_t i);
/// The type T that `a` (a value of kind Type) is: exact when `a` is constant T, else null.
Value *exact_type_value(const Lat &a);
/// What is known of instances of the type `a` stands for: T for Type{<:T}, Any otherwise.
Value *instance_type(const Lat &a);

// --- Computing --------------------------------------------------------------------------------------------
Lat join(const Lat &a, const Lat &b);
/// `a` cut down to `type`.
Lat meet(const Lat &a, Value *type);
/// `a` without the members of its type that are below `type`.
Lat subtract(const Lat &a, Value *type);
/// Without constants and fields that a loop may change.
Lat widen_constant(const Lat &a);
/// `type` within the absolute bounds on union members, depth and size.
Value *widen_type(Value *type, int depth = kMaxTypeDepth);
Value *join_types(Value *a, Value *b);

} // namespace jl::inference
