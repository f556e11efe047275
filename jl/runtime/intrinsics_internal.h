// SPDX-License-Identifier: MIT
// How the intrinsics are put together: one C++ template per shape of operation, one functor per intrinsic,
// and a choice of width at run time. intrinsics.cpp has the table.
#pragma once

#include "jl/runtime/abi.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/values.h"

namespace jl {

using IntrinsicFn = Value *(*)(Task *task, Intrinsic which, Value **args);

/// The tables of the single files; null where the intrinsic is another file's.
IntrinsicFn integer_intrinsic(Intrinsic i);
IntrinsicFn float_intrinsic(Intrinsic i);
IntrinsicFn conversion_intrinsic(Intrinsic i);
IntrinsicFn pointer_intrinsic(Intrinsic i);

[[noreturn]] void throw_intrinsic_error(Task *task, Intrinsic which, std::string_view what);
/// The type of a value, which must be primitive.
DataType *primitive_type_of(Task *task, Intrinsic which, const Value *v);
/// `type`, which must be a primitive type.
DataType *primitive_type(Task *task, Intrinsic which, Value *type);
/// The common type of two operands.
DataType *common_type(Task *task, Intrinsic which, Value **args);

template <class U> struct SignedOf { using type = std::make_signed_t<U>; };
template <> struct SignedOf<UInt128> { using type = Int128; };
template <class U> using Signed = typename SignedOf<U>::type;

/// Calls `body(T())` with the unsigned type of so many bytes.
template <class Body> Value *with_unsigned(Task *task, Intrinsic which, size_t bytes, Body body) {
  switch (bytes) {
  case 1:
    return body(uint8_t());
  case 2:
    return body(uint16_t());
  case 4:
    return body(uint32_t());
  case 8:
    return body(uint64_t());
  case 16:
    return body(UInt128());
  }
  throw_intrinsic_error(task, which, "only 8, 16, 32, 64 and 128 bits are supported");
}

/// Calls `body(T())` with the float type of so many bytes.
template <class Body> Value *with_float(Task *task, Intrinsic which, size_t bytes, Body body) {
  switch (bytes) {
  case 2:
    return body(_Float16());
  case 4:
    return body(float());
  case 8:
    return body(double());
  }
  throw_intrinsic_error(task, which, "only Float16, Float32 and Float64 are supported");
}

} // namespace jl
