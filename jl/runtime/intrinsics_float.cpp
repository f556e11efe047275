// SPDX-License-Identifier: MIT
// Float intrinsics. Results are rounded to the operand's type after each operation, Float16 included.
#include "jl/runtime/intrinsics_internal.h"

#include <cmath>

namespace jl {

namespace {

/// The unsigned integer of a float's size.
template <class F> struct BitsOf;
template <> struct BitsOf<_Float16> {
  using type = uint16_t;
};
template <> struct BitsOf<float> {
  using type = uint32_t;
};
template <> struct BitsOf<double> {
  using type = uint64_t;
};
template <class F> using Bits = typename BitsOf<F>::type;
template <class F> constexpr Bits<F> kSign = Bits<F>(Bits<F>(1) << (sizeof(F) * 8 - 1));
template <class F> Bits<F> bits(F v) {
  return __builtin_bit_cast(Bits<F>, v);
}
template <class F> F from_bits(Bits<F> v) {
  return __builtin_bit_cast(F, v);
}

/// Float16 goes to the C library as float, which holds all its results of these functions exactly.
template <class F> using Wide = std::conditional_t<sizeof(F) == 2, float, F>;
template <class F> Wide<F> wide(F v) {
  return Wide<F>(v);
}

template <class F> F fused(F a, F b, F c) {
  using W = std::conditional_t<sizeof(F) == 2, double, F>;
  return F(std::fma(W(a), W(b), W(c)));
}

bool has_fma() {
  static const bool known = __builtin_cpu_supports("fma");
  return known;
}

#define UNARY(Name, expression)                                                                              \
  struct Name {                                                                                              \
    template <class F> static F run(F a) {                                                                   \
      return F(expression);                                                                                  \
    }                                                                                                        \
  };
#define BINARY(Name, expression)                                                                             \
  struct Name {                                                                                              \
    template <class F> static F run(F a, F b) {                                                              \
      return F(expression);                                                                                  \
    }                                                                                                        \
  };
#define TERNARY(Name, expression)                                                                            \
  struct Name {                                                                                              \
    template <class F> static F run(F a, F b, F c) {                                                         \
      return F(expression);                                                                                  \
    }                                                                                                        \
  };
#define COMPARE(Name, expression)                                                                            \
  struct Name {                                                                                              \
    template <class F> static bool run(F a, F b) {                                                           \
      return expression;                                                                                     \
    }                                                                                                        \
  };

UNARY(Neg, from_bits<F>(bits(a) ^ kSign<F>))
BINARY(Add, a + b)
BINARY(Sub, a - b)
BINARY(Mul, a *b)
BINARY(Div, a / b)
BINARY(Rem, std::fmod(wide(a), wide(b)))
TERNARY(Fma, fused(a, b, c))
TERNARY(MulAdd, has_fma() ? fused(a, b, c) : F(F(a *b) + c))
COMPARE(Eq, a == b)
COMPARE(Ne, a != b)
COMPARE(Lt, a < b)
COMPARE(Le, a <= b)
COMPARE(IsEqual, (a != a && b != b) || bits(a) == bits(b))
UNARY(Abs, from_bits<F>(bits(a) & Bits<F>(~kSign<F>)))
BINARY(CopySign, from_bits<F>(Bits<F>((bits(a) & ~kSign<F>) | (bits(b) & kSign<F>))))
UNARY(Sqrt, std::sqrt(wide(a)))
UNARY(Ceil, std::ceil(wide(a)))
UNARY(Floor, std::floor(wide(a)))
UNARY(Trunc, std::trunc(wide(a)))
UNARY(Rint, std::rint(wide(a)))

template <class Op> Value *unary(Task *task, Intrinsic which, Value **args) {
  DataType *type = primitive_type_of(task, which, args[0]);
  return with_float(task, which, type->layout->size, [&]<class F>(F) {
    F result = Op::run(unbox<F>(args[0]));
    return box_bits(task, type, &result);
  });
}

template <class Op> Value *binary(Task *task, Intrinsic which, Value **args) {
  DataType *type = common_type(task, which, args);
  return with_float(task, which, type->layout->size, [&]<class F>(F) {
    F result = Op::run(unbox<F>(args[0]), unbox<F>(args[1]));
    return box_bits(task, type, &result);
  });
}

template <class Op> Value *ternary(Task *task, Intrinsic which, Value **args) {
  DataType *type = common_type(task, which, args);
  common_type(task, which, args + 1);
  return with_float(task, which, type->layout->size, [&]<class F>(F) {
    F result = Op::run(unbox<F>(args[0]), unbox<F>(args[1]), unbox<F>(args[2]));
    return box_bits(task, type, &result);
  });
}

template <class Op> Value *compare(Task *task, Intrinsic which, Value **args) {
  DataType *type = common_type(task, which, args);
  return with_float(task, which, type->layout->size,
                    [&]<class F>(F) { return bool_value(Op::run(unbox<F>(args[0]), unbox<F>(args[1]))); });
}

Value *have_fma(Task *, Intrinsic, Value **args) {
  return bool_value(has_fma() && (args[0] == types::Float32 || args[0] == types::Float64));
}

} // namespace

IntrinsicFn float_intrinsic(Intrinsic i) {
  switch (i) {
#define CASE(name, shape)                                                                                    \
  case Intrinsic::name:                                                                                      \
    return shape;
    CASE(neg_float, unary<Neg>)
    CASE(add_float, binary<Add>)
    CASE(sub_float, binary<Sub>)
    CASE(mul_float, binary<Mul>)
    CASE(div_float, binary<Div>)
    CASE(rem_float, binary<Rem>)
    CASE(fma_float, ternary<Fma>)
    CASE(muladd_float, ternary<MulAdd>)
    CASE(add_float_fast, binary<Add>)
    CASE(sub_float_fast, binary<Sub>)
    CASE(mul_float_fast, binary<Mul>)
    CASE(div_float_fast, binary<Div>)
    CASE(neg_float_fast, unary<Neg>)
    CASE(eq_float, compare<Eq>)
    CASE(ne_float, compare<Ne>)
    CASE(lt_float, compare<Lt>)
    CASE(le_float, compare<Le>)
    CASE(fpiseq, compare<IsEqual>)
    CASE(abs_float, unary<Abs>)
    CASE(copysign_float, binary<CopySign>)
    CASE(sqrt_llvm, unary<Sqrt>)
    CASE(ceil_llvm, unary<Ceil>)
    CASE(floor_llvm, unary<Floor>)
    CASE(trunc_llvm, unary<Trunc>)
    CASE(rint_llvm, unary<Rint>)
    CASE(have_fma, have_fma)
#undef CASE
  default:
    return nullptr;
  }
}

} // namespace jl
