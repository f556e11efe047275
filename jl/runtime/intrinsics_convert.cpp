// SPDX-License-Identifier: MIT
// Conversions: (target type, value).
#include "jl/runtime/intrinsics_internal.h"

#include <cmath>

namespace jl {

namespace {

size_t size_of(DataType *type) {
  return type->layout->size;
}

Value *bitcast(Task *task, Intrinsic which, Value **args) {
  DataType *to = primitive_type(task, which, args[0]);
  if (size_of(to) != size_of(primitive_type_of(task, which, args[1])))
    throw_intrinsic_error(task, which, "argument size does not match size of target type");
  return box_bits(task, to, args[1]);
}

enum class Extend { Zero, Sign };

/// All integer conversions go through 128 bits: widen, then take the low bytes.
Value *convert_int(Task *task, Intrinsic which, Value **args, Extend extend) {
  DataType *to = primitive_type(task, which, args[0]);
  DataType *from = primitive_type_of(task, which, args[1]);
  UInt128 wide = 0;
  with_unsigned(task, which, size_of(from), [&]<class T>(T) {
    T v = unbox<T>(args[1]);
    if (from == types::Bool) // one bit: its sign is the bit itself
      wide = extend == Extend::Sign ? UInt128(0) - (v & 1) : UInt128(v & 1);
    else
      wide = extend == Extend::Sign ? UInt128(Int128(Signed<T>(v))) : UInt128(v);
    return args[1];
  });
  return with_unsigned(task, which, size_of(to), [&]<class T>(T) {
    T result = T(wide);
    return box_bits(task, to, &result);
  });
}

Value *sext_int(Task *task, Intrinsic which, Value **args) {
  return convert_int(task, which, args, Extend::Sign);
}
Value *zext_int(Task *task, Intrinsic which, Value **args) {
  return convert_int(task, which, args, Extend::Zero);
}

double to_double(Task *task, Intrinsic which, Value *v) {
  double result = 0;
  with_float(task, which, size_of(primitive_type_of(task, which, v)), [&]<class F>(F) {
    result = double(unbox<F>(v));
    return v;
  });
  return result;
}

/// Truncates towards zero; out of range gives the nearest value, NaN gives 0.
template <class Int, unsigned width> Int saturate(double v, bool is_signed) {
  double limit = std::ldexp(1.0, int(is_signed ? width - 1 : width));
  Int highest =
      is_signed ? Int(~(UInt128(1) << (width - 1)) & (~UInt128(0) >> (128 - width))) : Int(~UInt128(0));
  if (std::isnan(v))
    return 0;
  if (v >= limit)
    return highest;
  if (v <= (is_signed ? -limit : 0))
    return is_signed ? Int(UInt128(1) << (width - 1)) : Int(0);
  return Int(v);
}

template <bool is_signed> Value *float_to_int(Task *task, Intrinsic which, Value **args) {
  DataType *to = primitive_type(task, which, args[0]);
  double v = to_double(task, which, args[1]);
  return with_unsigned(task, which, size_of(to), [&]<class T>(T) {
    using Int = std::conditional_t<is_signed, Signed<T>, T>;
    T result = T(saturate<Int, kBits<T>>(v, is_signed));
    return box_bits(task, to, &result);
  });
}

/// Float16 by way of double, which holds every integer that is not infinite as a Float16.
template <class F, class Int> F round_int(Int v) {
  if constexpr (sizeof(F) == 2)
    return F(double(v));
  else
    return F(v);
}

template <bool is_signed> Value *int_to_float(Task *task, Intrinsic which, Value **args) {
  DataType *to = primitive_type(task, which, args[0]);
  DataType *from = primitive_type_of(task, which, args[1]);
  return with_float(task, which, size_of(to), [&]<class F>(F) {
    return with_unsigned(task, which, size_of(from), [&]<class T>(T) {
      using Int = std::conditional_t<is_signed, Signed<T>, T>;
      F result = round_int<F>(Int(unbox<T>(args[1])));
      return box_bits(task, to, &result);
    });
  });
}

/// Widening is exact, so one function serves both directions: float and half are rounded once from the
/// operand.
Value *float_to_float(Task *task, Intrinsic which, Value **args) {
  DataType *to = primitive_type(task, which, args[0]);
  double v = to_double(task, which, args[1]);
  return with_float(task, which, size_of(to), [&]<class F>(F) {
    F result = F(v);
    return box_bits(task, to, &result);
  });
}

} // namespace

IntrinsicFn conversion_intrinsic(Intrinsic i) {
  switch (i) {
  case Intrinsic::bitcast:
    return bitcast;
  case Intrinsic::sext_int:
    return sext_int;
  case Intrinsic::zext_int:
  case Intrinsic::trunc_int:
    return zext_int;
  case Intrinsic::fptoui:
    return float_to_int<false>;
  case Intrinsic::fptosi:
    return float_to_int<true>;
  case Intrinsic::uitofp:
    return int_to_float<false>;
  case Intrinsic::sitofp:
    return int_to_float<true>;
  case Intrinsic::fptrunc:
  case Intrinsic::fpext:
    return float_to_float;
  default:
    return nullptr;
  }
}

} // namespace jl
