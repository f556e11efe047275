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

template <class U> struct SignedOf {
  using type = std::make_signed_t<U>;
};
template <> struct SignedOf<UInt128> {
  using type = Int128;
};
template <int N> struct SignedOf<unsigned _BitInt(N)> {
  using type = _BitInt(N);
};
template <class U> using Signed = typename SignedOf<U>::type;

/// The width of an unsigned type. That of a _BitInt is not told by its size.
template <class U> inline constexpr unsigned kBits = sizeof(U) * 8;
template <int N> inline constexpr unsigned kBits<unsigned _BitInt(N)> = N;

/// Calls `body(T())` with the unsigned type of so many bytes, at most 16. Programs can define primitive types
/// of any number of bytes, so there is one for each.
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
#define ODD_SIZE(bytes)                                                                                      \
  case bytes: {                                                                                              \
    using Odd = unsigned _BitInt(8 * bytes);                                                                 \
    return body(Odd());                                                                                      \
  }
    ODD_SIZE(3)
    ODD_SIZE(5)
    ODD_SIZE(6)
    ODD_SIZE(7)
    ODD_SIZE(9)
    ODD_SIZE(10)
    ODD_SIZE(11)
    ODD_SIZE(12)
    ODD_SIZE(13)
    ODD_SIZE(14)
    ODD_SIZE(15)
#undef ODD_SIZE
  }
  throw_intrinsic_error(task, which, "integers of more than 128 bits are not supported");
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
