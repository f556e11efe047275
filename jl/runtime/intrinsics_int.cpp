// SPDX-License-Identifier: MIT
// Integer intrinsics. Every functor works on unsigned T: arithmetic wraps, signed ones cast.
#include "jl/runtime/intrinsics_internal.h"

#include <bit>

namespace jl {

namespace {

template <class T> constexpr T kSignBit = T(T(1) << (kBits<T> - 1));
template <class T> Signed<T> as_signed(T v) {
  return static_cast<Signed<T>>(v);
}

// --- Functors: T(T), T(T, T), bool(T, T) ----------------------------------------------------------------

#define UNARY(Name, expression)                                                                              \
  struct Name {                                                                                              \
    template <class T> static T run(T a) {                                                                   \
      return T(expression);                                                                                  \
    }                                                                                                        \
  };
#define BINARY(Name, expression)                                                                             \
  struct Name {                                                                                              \
    template <class T> static T run(T a, T b) {                                                              \
      return T(expression);                                                                                  \
    }                                                                                                        \
  };
#define COMPARE(Name, expression)                                                                            \
  struct Name {                                                                                              \
    template <class T> static bool run(T a, T b) {                                                           \
      return expression;                                                                                     \
    }                                                                                                        \
  };

// The literal 1u keeps uint16_t products from overflowing as int.
BINARY(Add, a + b)
BINARY(Sub, a - b)
BINARY(Mul, 1u * a * b)
BINARY(And, a &b)
BINARY(Or, a | b)
BINARY(Xor, a ^ b)
UNARY(Neg, T(0) - a)
UNARY(Not, ~a)
BINARY(FlipSign, as_signed(b) < 0 ? T(0) - a : a)
COMPARE(Eq, a == b)
COMPARE(Ne, a != b)
COMPARE(Slt, as_signed(a) < as_signed(b))
COMPARE(Ult, a < b)
COMPARE(Sle, as_signed(a) <= as_signed(b))
COMPARE(Ule, a <= b)

// The bits of every width are counted and turned round as those of 128.

unsigned leading_zeros_of_128(UInt128 v) {
  return v >> 64 ? unsigned(std::countl_zero(uint64_t(v >> 64)))
                 : 64 + unsigned(std::countl_zero(uint64_t(v)));
}

template <class T> unsigned leading_zeros(T v) {
  return leading_zeros_of_128(UInt128(v)) - (128 - kBits<T>);
}

template <class T> unsigned trailing_zeros(T v) {
  if (v == 0)
    return kBits<T>;
  UInt128 wide = v;
  return uint64_t(wide) ? unsigned(std::countr_zero(uint64_t(wide)))
                        : 64 + unsigned(std::countr_zero(uint64_t(wide >> 64)));
}

template <class T> unsigned ones(T v) {
  UInt128 wide = v;
  return unsigned(std::popcount(uint64_t(wide)) + std::popcount(uint64_t(wide >> 64)));
}

template <class T> T swap_bytes(T v) {
  UInt128 wide = v;
  UInt128 swapped = UInt128(std::byteswap(uint64_t(wide))) << 64 | std::byteswap(uint64_t(wide >> 64));
  return T(swapped >> (128 - kBits<T>));
}

UNARY(CountOnes, ones(a))
UNARY(LeadingZeros, leading_zeros(a))
UNARY(TrailingZeros, trailing_zeros(a))
UNARY(SwapBytes, swap_bytes(a))

// --- Division: false when it throws ---

template <class T> bool overflows(T a, T b) {
  return a == kSignBit<T> && b == T(-1);
}

struct SDiv {
  template <class T> static bool run(T a, T b, T &out) {
    if (b == 0 || overflows(a, b))
      return false;
    out = T(as_signed(a) / as_signed(b));
    return true;
  }
};
struct UDiv {
  template <class T> static bool run(T a, T b, T &out) {
    if (b == 0)
      return false;
    out = T(a / b);
    return true;
  }
};
struct SRem {
  template <class T> static bool run(T a, T b, T &out) {
    if (b == 0)
      return false;
    out = overflows(a, b) ? T(0) : T(as_signed(a) % as_signed(b));
    return true;
  }
};
struct URem {
  template <class T> static bool run(T a, T b, T &out) {
    if (b == 0)
      return false;
    out = T(a % b);
    return true;
  }
};

// --- With overflow flag ---

#define CHECKED(Name, builtin, Type)                                                                         \
  struct Name {                                                                                              \
    template <class T> static bool run(T a, T b, T &out) {                                                   \
      Type result;                                                                                           \
      bool overflow = builtin(static_cast<Type>(a), static_cast<Type>(b), &result);                          \
      out = static_cast<T>(result);                                                                          \
      return overflow;                                                                                       \
    }                                                                                                        \
  };
CHECKED(SAddChecked, __builtin_add_overflow, Signed<T>)
CHECKED(SSubChecked, __builtin_sub_overflow, Signed<T>)
CHECKED(SMulChecked, __builtin_mul_overflow, Signed<T>)
CHECKED(UAddChecked, __builtin_add_overflow, T)
CHECKED(USubChecked, __builtin_sub_overflow, T)
CHECKED(UMulChecked, __builtin_mul_overflow, T)

// --- Shifts: (value, how far) ---

struct Shl {
  template <class T> static T run(T a, unsigned n) { return n >= kBits<T> ? T(0) : T(a << n); }
};
struct LShr {
  template <class T> static T run(T a, unsigned n) { return n >= kBits<T> ? T(0) : T(a >> n); }
};
struct AShr {
  template <class T> static T run(T a, unsigned n) {
    return T(as_signed(a) >> (n >= kBits<T> ? kBits<T> - 1 : n));
  }
};

// --- From boxed operands to functors ---

template <class Op> Value *unary(Task *task, Intrinsic which, Value **args) {
  DataType *type = primitive_type_of(task, which, args[0]);
  return with_unsigned(task, which, type->layout->size, [&]<class T>(T) {
    T result = Op::run(unbox<T>(args[0]));
    return box_bits(task, type, &result);
  });
}

template <class Op> Value *binary(Task *task, Intrinsic which, Value **args) {
  DataType *type = common_type(task, which, args);
  return with_unsigned(task, which, type->layout->size, [&]<class T>(T) {
    T result = Op::run(unbox<T>(args[0]), unbox<T>(args[1]));
    return box_bits(task, type, &result);
  });
}

template <class Op> Value *compare(Task *task, Intrinsic which, Value **args) {
  DataType *type = common_type(task, which, args);
  return with_unsigned(task, which, type->layout->size,
                       [&]<class T>(T) { return bool_value(Op::run(unbox<T>(args[0]), unbox<T>(args[1]))); });
}

template <class Op> Value *divide(Task *task, Intrinsic which, Value **args) {
  DataType *type = common_type(task, which, args);
  return with_unsigned(task, which, type->layout->size, [&]<class T>(T) {
    T result;
    if (!Op::run(unbox<T>(args[0]), unbox<T>(args[1]), result))
      throw_divide_error(task);
    return box_bits(task, type, &result);
  });
}

template <class Op> Value *checked(Task *task, Intrinsic which, Value **args) {
  DataType *type = common_type(task, which, args);
  return with_unsigned(task, which, type->layout->size, [&]<class T>(T) {
    T result;
    bool overflow = Op::run(unbox<T>(args[0]), unbox<T>(args[1]), result);
    return make_tuple(task, {box_bits(task, type, &result), bool_value(overflow)});
  });
}

/// The count of a shift, whatever its type: all that is past 128 is the same.
unsigned shift_count(Task *task, Intrinsic which, Value *v) {
  unsigned count = 0;
  with_unsigned(task, which, primitive_type_of(task, which, v)->layout->size, [&]<class T>(T) {
    T n = unbox<T>(v);
    count = n > T(127) ? 128 : unsigned(n);
    return v;
  });
  return count;
}

template <class Op> Value *shift(Task *task, Intrinsic which, Value **args) {
  DataType *type = primitive_type_of(task, which, args[0]);
  unsigned count = shift_count(task, which, args[1]);
  return with_unsigned(task, which, type->layout->size, [&]<class T>(T) {
    T result = Op::run(unbox<T>(args[0]), count);
    return box_bits(task, type, &result);
  });
}

} // namespace

IntrinsicFn integer_intrinsic(Intrinsic i) {
  switch (i) {
#define CASE(name, shape)                                                                                    \
  case Intrinsic::name:                                                                                      \
    return shape;
    CASE(add_int, binary<Add>)
    CASE(sub_int, binary<Sub>)
    CASE(mul_int, binary<Mul>)
    CASE(neg_int, unary<Neg>)
    CASE(sdiv_int, divide<SDiv>)
    CASE(udiv_int, divide<UDiv>)
    CASE(srem_int, divide<SRem>)
    CASE(urem_int, divide<URem>)
    CASE(checked_sdiv_int, divide<SDiv>)
    CASE(checked_udiv_int, divide<UDiv>)
    CASE(checked_srem_int, divide<SRem>)
    CASE(checked_urem_int, divide<URem>)
    CASE(and_int, binary<And>)
    CASE(or_int, binary<Or>)
    CASE(xor_int, binary<Xor>)
    CASE(not_int, unary<Not>)
    CASE(shl_int, shift<Shl>)
    CASE(lshr_int, shift<LShr>)
    CASE(ashr_int, shift<AShr>)
    CASE(bswap_int, unary<SwapBytes>)
    CASE(ctpop_int, unary<CountOnes>)
    CASE(ctlz_int, unary<LeadingZeros>)
    CASE(cttz_int, unary<TrailingZeros>)
    CASE(flipsign_int, binary<FlipSign>)
    CASE(eq_int, compare<Eq>)
    CASE(ne_int, compare<Ne>)
    CASE(slt_int, compare<Slt>)
    CASE(ult_int, compare<Ult>)
    CASE(sle_int, compare<Sle>)
    CASE(ule_int, compare<Ule>)
    CASE(checked_sadd_int, checked<SAddChecked>)
    CASE(checked_uadd_int, checked<UAddChecked>)
    CASE(checked_ssub_int, checked<SSubChecked>)
    CASE(checked_usub_int, checked<USubChecked>)
    CASE(checked_smul_int, checked<SMulChecked>)
    CASE(checked_umul_int, checked<UMulChecked>)
#undef CASE
  default:
    return nullptr;
  }
}

} // namespace jl
