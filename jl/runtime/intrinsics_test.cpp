// SPDX-License-Identifier: MIT
// Every width against C++ arithmetic, on the values where it goes wrong.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "jl/runtime/abi.h"
#include "jl/runtime/test_support.h"

using namespace jl;

namespace {

template <class T> DataType *type_for();
#define TYPE_FOR(cpp, name)                                                                                  \
  template <> DataType *type_for<cpp>() {                                                                    \
    return types::name;                                                                                      \
  }
TYPE_FOR(int8_t, Int8)
TYPE_FOR(int16_t, Int16)
TYPE_FOR(int32_t, Int32)
TYPE_FOR(int64_t, Int64)
TYPE_FOR(Int128, Int128)
TYPE_FOR(uint8_t, UInt8)
TYPE_FOR(uint16_t, UInt16)
TYPE_FOR(uint32_t, UInt32)
TYPE_FOR(uint64_t, UInt64)
TYPE_FOR(UInt128, UInt128)
TYPE_FOR(_Float16, Float16)
TYPE_FOR(float, Float32)
TYPE_FOR(double, Float64)

template <class T> Value *box(Task *task, T v) {
  return box_bits(task, type_for<T>(), &v);
}

Value *call(Task *task, Intrinsic i, std::initializer_list<Value *> args) {
  std::vector<Value *> list(args); // the values are on the caller's stack as well
  return run_intrinsic(task, i, list.data(), uint32_t(list.size()));
}

template <class T> T call_as(Task *task, Intrinsic i, std::initializer_list<Value *> args) {
  Value *v = call(task, i, args);
  EXPECT_EQ(type_of(v), type_for<T>()) << intrinsic_name(i);
  return unbox<T>(v);
}

/// Edge values of an unsigned type: around zero, the sign bit and the top.
template <class U> std::vector<U> edges() {
  U sign = U(U(1) << (sizeof(U) * 8 - 1));
  return {U(0), U(1), U(2), U(3), U(7), U(sign - 1), sign, U(sign + 1), U(~U(1)), U(~U(0)), U(0x5a)};
}

template <class U, class S> void check_arithmetic(Task *task) {
  constexpr unsigned width = sizeof(U) * 8;
  for (U a : edges<U>())
    for (U b : edges<U>()) {
      Value *va = box<S>(task, S(a)), *vb = box<S>(task, S(b));
      auto as_unsigned = [&](Intrinsic i) { return U(call_as<S>(task, i, {va, vb})); };
      EXPECT_TRUE(as_unsigned(Intrinsic::add_int) == U(UInt128(a) + b));
      EXPECT_TRUE(as_unsigned(Intrinsic::sub_int) == U(UInt128(a) - b));
      EXPECT_TRUE(as_unsigned(Intrinsic::mul_int) == U(UInt128(a) * b));
      EXPECT_TRUE(as_unsigned(Intrinsic::xor_int) == U(a ^ b));
      EXPECT_TRUE(as_unsigned(Intrinsic::flipsign_int) == (S(b) < 0 ? U(0 - UInt128(a)) : a));
      EXPECT_EQ(call(task, Intrinsic::slt_int, {va, vb}), bool_value(S(a) < S(b)));
      EXPECT_EQ(call(task, Intrinsic::ult_int, {va, vb}), bool_value(a < b));
      EXPECT_EQ(call(task, Intrinsic::sle_int, {va, vb}), bool_value(S(a) <= S(b)));
      EXPECT_EQ(call(task, Intrinsic::eq_int, {va, vb}), bool_value(a == b));
      bool overflows = b == U(-1) && a == U(U(1) << (width - 1));
      if (b == 0 || overflows) {
        std::string divide = "DivideError: integer division error";
        EXPECT_EQ(test::thrown(task, [&] { call(task, Intrinsic::checked_sdiv_int, {va, vb}); }), divide);
      } else {
        EXPECT_TRUE(as_unsigned(Intrinsic::checked_sdiv_int) == U(S(a) / S(b)));
        EXPECT_TRUE(as_unsigned(Intrinsic::checked_srem_int) == U(S(a) % S(b)));
      }
      if (overflows)
        EXPECT_TRUE(as_unsigned(Intrinsic::checked_srem_int) == 0);
      if (b != 0) {
        EXPECT_TRUE(as_unsigned(Intrinsic::checked_udiv_int) == U(a / b));
        EXPECT_TRUE(as_unsigned(Intrinsic::checked_urem_int) == U(a % b));
      }
    }
}

template <class U, class S> void check_overflow_flags(Task *task) {
  for (U a : edges<U>())
    for (U b : edges<U>()) {
      auto check = [&](Intrinsic i, Value *va, Value *vb, U result, bool overflow) {
        Value *tuple = call(task, i, {va, vb});
        EXPECT_TRUE(unbox<U>(tuple_field(task, tuple, 0)) == result) << intrinsic_name(i);
        EXPECT_EQ(tuple_field(task, tuple, 1), bool_value(overflow)) << intrinsic_name(i);
      };
      Value *sa = box<S>(task, S(a)), *sb = box<S>(task, S(b)), *ua = box<U>(task, a), *ub = box<U>(task, b);
      S s;
      U u;
      bool o = __builtin_add_overflow(S(a), S(b), &s);
      check(Intrinsic::checked_sadd_int, sa, sb, U(s), o);
      o = __builtin_sub_overflow(S(a), S(b), &s);
      check(Intrinsic::checked_ssub_int, sa, sb, U(s), o);
      o = __builtin_mul_overflow(S(a), S(b), &s);
      check(Intrinsic::checked_smul_int, sa, sb, U(s), o);
      o = __builtin_add_overflow(a, b, &u);
      check(Intrinsic::checked_uadd_int, ua, ub, u, o);
      o = __builtin_sub_overflow(a, b, &u);
      check(Intrinsic::checked_usub_int, ua, ub, u, o);
      o = __builtin_mul_overflow(a, b, &u);
      check(Intrinsic::checked_umul_int, ua, ub, u, o);
    }
}

template <class U, class S> void check_shifts_and_counts(Task *task) {
  constexpr unsigned width = sizeof(U) * 8;
  for (U a : edges<U>()) {
    Value *va = box<S>(task, S(a));
    for (uint64_t n :
         {uint64_t(0), uint64_t(1), uint64_t(width - 1), uint64_t(width), uint64_t(200), UINT64_MAX}) {
      Value *count = box<uint64_t>(task, n);
      U shl = n >= width ? U(0) : U(a << n), lshr = n >= width ? U(0) : U(a >> n);
      U ashr = U(S(a) >> std::min<uint64_t>(n, width - 1));
      EXPECT_TRUE(U(call_as<S>(task, Intrinsic::shl_int, {va, count})) == shl);
      EXPECT_TRUE(U(call_as<S>(task, Intrinsic::lshr_int, {va, count})) == lshr);
      EXPECT_TRUE(U(call_as<S>(task, Intrinsic::ashr_int, {va, count})) == ashr);
    }
    unsigned ones = 0, leading = 0, trailing = 0;
    U swapped = 0;
    for (unsigned i = 0; i < width; i++)
      ones += unsigned(a >> i & 1);
    while (leading < width && !(a >> (width - 1 - leading) & 1))
      leading++;
    while (trailing < width && !(a >> trailing & 1))
      trailing++;
    for (unsigned i = 0; i < sizeof(U); i++)
      swapped = U(swapped | U(U(a >> (8 * i) & 0xff) << (width - 8 - 8 * i)));
    EXPECT_TRUE(U(call_as<S>(task, Intrinsic::ctpop_int, {va})) == ones);
    EXPECT_TRUE(U(call_as<S>(task, Intrinsic::ctlz_int, {va})) == leading);
    EXPECT_TRUE(U(call_as<S>(task, Intrinsic::cttz_int, {va})) == trailing);
    EXPECT_TRUE(U(call_as<S>(task, Intrinsic::bswap_int, {va})) == swapped);
    EXPECT_TRUE(U(call_as<S>(task, Intrinsic::neg_int, {va})) == U(0 - UInt128(a)));
    EXPECT_TRUE(U(call_as<S>(task, Intrinsic::not_int, {va})) == U(~a));
  }
}

template <class U, class S> void check_integers(Task *task) {
  check_arithmetic<U, S>(task);
  check_overflow_flags<U, S>(task);
  check_shifts_and_counts<U, S>(task);
}

} // namespace

RUNTIME_TEST(Intrinsics, Integers8) {
  check_integers<uint8_t, int8_t>(task);
}
RUNTIME_TEST(Intrinsics, Integers16) {
  check_integers<uint16_t, int16_t>(task);
}
RUNTIME_TEST(Intrinsics, Integers32) {
  check_integers<uint32_t, int32_t>(task);
}
RUNTIME_TEST(Intrinsics, Integers64) {
  check_integers<uint64_t, int64_t>(task);
}
RUNTIME_TEST(Intrinsics, Integers128) {
  check_integers<UInt128, Int128>(task);
}

RUNTIME_TEST(Intrinsics, BoolHasOneBit) {
  EXPECT_EQ(call(task, Intrinsic::not_int, {true_value()}), false_value());
  EXPECT_EQ(call(task, Intrinsic::not_int, {false_value()}), true_value());
  EXPECT_EQ(call_as<int64_t>(task, Intrinsic::zext_int, {types::Int64, true_value()}), 1);
  EXPECT_EQ(call_as<int8_t>(task, Intrinsic::sext_int, {types::Int8, true_value()}), -1);
  EXPECT_EQ(call(task, Intrinsic::trunc_int, {types::Bool, box_int64(task, 6)}), false_value());
}

// --- Floats ---

template <class F> static void check_floats(Task *task) {
  double infinity = std::numeric_limits<double>::infinity();
  std::vector<F> values = {F(0.0), F(-0.0), F(1.0),     F(-1.5),     F(2.5),
                           F(3.5), F(1e-4), F(60000.0), F(infinity), F(-infinity)};
  auto same = [](F a, F b) { return memcmp(&a, &b, sizeof(F)) == 0 || (a != a && b != b); };
  for (F a : values)
    for (F b : values) {
      Value *va = box<F>(task, a), *vb = box<F>(task, b);
      EXPECT_TRUE(same(call_as<F>(task, Intrinsic::add_float, {va, vb}), F(double(a) + double(b))));
      EXPECT_TRUE(same(call_as<F>(task, Intrinsic::sub_float, {va, vb}), F(double(a) - double(b))));
      EXPECT_TRUE(same(call_as<F>(task, Intrinsic::mul_float, {va, vb}), F(double(a) * double(b))));
      EXPECT_TRUE(same(call_as<F>(task, Intrinsic::div_float, {va, vb}), F(double(a) / double(b))));
      EXPECT_TRUE(same(call_as<F>(task, Intrinsic::copysign_float, {va, vb}),
                       F(std::copysign(double(a), double(b)))));
      EXPECT_EQ(call(task, Intrinsic::lt_float, {va, vb}), bool_value(a < b));
      EXPECT_EQ(call(task, Intrinsic::eq_float, {va, vb}), bool_value(a == b));
      EXPECT_EQ(call(task, Intrinsic::fpiseq, {va, vb}), bool_value(memcmp(&a, &b, sizeof(F)) == 0));
    }
  for (F a : values) {
    Value *va = box<F>(task, a);
    EXPECT_TRUE(same(call_as<F>(task, Intrinsic::neg_float, {va}), F(-double(a))));
    EXPECT_TRUE(same(call_as<F>(task, Intrinsic::rint_llvm, {va}), F(std::rint(double(a)))));
    EXPECT_TRUE(same(call_as<F>(task, Intrinsic::trunc_llvm, {va}), F(std::trunc(double(a)))));
    EXPECT_TRUE(same(call_as<F>(task, Intrinsic::abs_float, {va}), F(std::fabs(double(a)))));
  }
  Value *nan = box<F>(task, F(std::nan("")));
  EXPECT_EQ(call(task, Intrinsic::eq_float, {nan, nan}), false_value());
  EXPECT_EQ(call(task, Intrinsic::ne_float, {nan, nan}), true_value());
  EXPECT_EQ(call(task, Intrinsic::fpiseq, {nan, nan}), true_value());
}

RUNTIME_TEST(Intrinsics, Float16) {
  check_floats<_Float16>(task);
}
RUNTIME_TEST(Intrinsics, Float32) {
  check_floats<float>(task);
}
RUNTIME_TEST(Intrinsics, Float64) {
  check_floats<double>(task);
}

// --- Conversions ---

RUNTIME_TEST(Intrinsics, FloatToIntegerSaturates) {
  double infinity = std::numeric_limits<double>::infinity();
  auto to = [&](Intrinsic i, DataType *type, double v) {
    return call(task, i, {type, box_float64(task, v)});
  };
  EXPECT_EQ(unbox<int8_t>(to(Intrinsic::fptosi, types::Int8, 1000.0)), 127);
  EXPECT_EQ(unbox<int8_t>(to(Intrinsic::fptosi, types::Int8, -1000.0)), -128);
  EXPECT_EQ(unbox<int8_t>(to(Intrinsic::fptosi, types::Int8, -3.9)), -3);
  EXPECT_EQ(unbox_int64(to(Intrinsic::fptosi, types::Int64, 1e30)), INT64_MAX);
  EXPECT_EQ(unbox_int64(to(Intrinsic::fptosi, types::Int64, -infinity)), INT64_MIN);
  EXPECT_EQ(unbox_int64(to(Intrinsic::fptosi, types::Int64, std::nan(""))), 0);
  EXPECT_EQ(unbox_uint8(to(Intrinsic::fptoui, types::UInt8, -5.0)), 0);
  EXPECT_EQ(unbox_uint8(to(Intrinsic::fptoui, types::UInt8, 300.0)), 255);
  EXPECT_EQ(unbox_uint64(to(Intrinsic::fptoui, types::UInt64, infinity)), UINT64_MAX);
  EXPECT_TRUE(unbox<Int128>(to(Intrinsic::fptosi, types::Int128, 1e300)) == Int128(~UInt128(0) >> 1));
  EXPECT_TRUE(unbox<UInt128>(to(Intrinsic::fptoui, types::UInt128, infinity)) == ~UInt128(0));
}

RUNTIME_TEST(Intrinsics, IntegerToFloatRoundsOnce) {
  EXPECT_EQ(call_as<double>(task, Intrinsic::sitofp, {types::Float64, box_int64(task, -3)}), -3.0);
  EXPECT_EQ(call_as<double>(task, Intrinsic::uitofp, {types::Float64, box_int64(task, -1)}),
            18446744073709551615.0);
  EXPECT_EQ(call_as<float>(task, Intrinsic::sitofp, {types::Float32, box_int64(task, 16777217)}),
            16777216.0f);
  EXPECT_EQ(float(call_as<_Float16>(task, Intrinsic::sitofp, {types::Float16, box_int64(task, 2049)})),
            2048.0f);
  EXPECT_EQ(call_as<double>(task, Intrinsic::sitofp, {types::Float64, box_int128(task, Int128(1) << 100)}),
            std::ldexp(1.0, 100));
}

RUNTIME_TEST(Intrinsics, Widths) {
  EXPECT_EQ(call_as<int64_t>(task, Intrinsic::sext_int, {types::Int64, box_int8(task, -1)}), -1);
  EXPECT_EQ(call_as<int64_t>(task, Intrinsic::zext_int, {types::Int64, box_int8(task, -1)}), 255);
  EXPECT_EQ(call_as<uint8_t>(task, Intrinsic::trunc_int, {types::UInt8, box_int64(task, 0x1234)}), 0x34);
  EXPECT_EQ(call_as<uint64_t>(task, Intrinsic::bitcast, {types::UInt64, box_float64(task, 1.0)}),
            0x3ff0000000000000u);
  EXPECT_EQ(call_as<float>(task, Intrinsic::fptrunc, {types::Float32, box_float64(task, 0.1)}), 0.1f);
  EXPECT_EQ(call_as<double>(task, Intrinsic::fpext, {types::Float64, box_float32(task, 0.1f)}), double(0.1f));
}

RUNTIME_TEST(Intrinsics, WrongOperandsAreErrors) {
  EXPECT_EQ(
      test::thrown(task, [&] { call(task, Intrinsic::add_int, {box_int64(task, 1), box_int8(task, 1)}); }),
      "add_int: types of a and b must match");
  EXPECT_EQ(test::thrown(task, [&] { call(task, Intrinsic::add_int, {nothing_value(), nothing_value()}); }),
            "add_int: value is not a primitive type");
  EXPECT_EQ(test::thrown(task, [&] { call(task, Intrinsic::bitcast, {types::Int32, box_int64(task, 1)}); }),
            "bitcast: argument size does not match size of target type");
  EXPECT_EQ(test::thrown(task, [&] { call(task, Intrinsic::add_int, {box_int64(task, 1)}); }),
            "wrong number of arguments to intrinsic add_int: expected 2, got 1");
}

RUNTIME_TEST(Intrinsics, PointersReadAndWrite) {
  double cells[] = {1.5, 2.5};
  Value *element = types::Float64;
  auto *type = static_cast<DataType *>(apply_type(task, types::Ptr, {&element, 1}));
  double *address = cells;
  Value *pointer = box_bits(task, type, &address), *one = box_int64(task, 1), *two = box_int64(task, 2);
  EXPECT_EQ(call_as<double>(task, Intrinsic::pointerref, {pointer, two, one}), 2.5);
  call(task, Intrinsic::pointerset, {pointer, box_float64(task, -4.0), one, one});
  EXPECT_EQ(cells[0], -4.0);
  Value *next = call(task, Intrinsic::add_ptr, {pointer, box_uint64(task, 8)});
  EXPECT_EQ(type_of(next), type);
  EXPECT_EQ(call_as<double>(task, Intrinsic::pointerref, {next, one, one}), 2.5);
  EXPECT_EQ(test::thrown(task, [&] { call(task, Intrinsic::pointerset, {pointer, one, one, one}); }),
            "TypeError: in pointerset, expected Float64, got a value of type Int64");
}

RUNTIME_TEST(Intrinsics, AreFoundByValue) {
  for (size_t i = 0; i < size_t(Intrinsic::kCount); i++)
    EXPECT_EQ(intrinsic_of(intrinsic_value(Intrinsic(i))), Intrinsic(i));
  EXPECT_EQ(intrinsic_of(nothing_value()), Intrinsic::kCount);
  Value *args[] = {box_int64(task, 2), box_int64(task, 3)};
  EXPECT_EQ(apply(task, intrinsic_value(Intrinsic::add_int), args, 2), box_int64(task, 5)); // by dispatch
}
