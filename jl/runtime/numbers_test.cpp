// SPDX-License-Identifier: MIT
#include "jl/runtime/numbers.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <string>

using namespace jl;

namespace {

std::string text(double v) {
  char out[kMaxFloatText];
  return {out, write_float64(out, v)};
}
std::string text32(float v, bool as_literal) {
  char out[kMaxFloatText];
  return {out, write_float32(out, v, as_literal)};
}
std::string text16(double v) {
  char out[kMaxFloatText];
  return {out, write_float16(out, _Float16(v))};
}

} // namespace

TEST(FloatText, IsWhatJuliaPrints) {
  EXPECT_EQ(text(1.0), "1.0");
  EXPECT_EQ(text(-0.0), "-0.0");
  EXPECT_EQ(text(0.0), "0.0");
  EXPECT_EQ(text(0.1 + 0.2), "0.30000000000000004");
  EXPECT_EQ(text(100000.0), "100000.0");
  EXPECT_EQ(text(999999.0), "999999.0");
  EXPECT_EQ(text(1e6), "1.0e6");
  EXPECT_EQ(text(1234567.0), "1.234567e6");
  EXPECT_EQ(text(123456.789), "123456.789");
  EXPECT_EQ(text(1e22), "1.0e22");
  EXPECT_EQ(text(0.0001), "0.0001");
  EXPECT_EQ(text(0.00001), "1.0e-5");
  EXPECT_EQ(text(0.00012345), "0.00012345");
  EXPECT_EQ(text(-2.5e-10), "-2.5e-10");
  EXPECT_EQ(text(5e-324), "5.0e-324");
  EXPECT_EQ(text(std::numeric_limits<double>::max()), "1.7976931348623157e308");
  EXPECT_EQ(text(-INFINITY), "-Inf");
  EXPECT_EQ(text(NAN), "NaN");
}

TEST(FloatText, OfNarrowFloats) {
  EXPECT_EQ(text32(1.5f, false), "1.5");
  EXPECT_EQ(text32(1.5f, true), "1.5f0");
  EXPECT_EQ(text32(1e10f, true), "1.0f10");
  EXPECT_EQ(text32(1e10f, false), "1.0e10");
  EXPECT_EQ(text32(0.1f, false), "0.1");
  EXPECT_EQ(text32(INFINITY, true), "Inf32");
  EXPECT_EQ(text32(NAN, true), "NaN32");
  EXPECT_EQ(text32(-0.0f, true), "-0.0f0");
  EXPECT_EQ(text16(0.1), "0.1");
  EXPECT_EQ(text16(65504), "6.55e4");
  EXPECT_EQ(text16(1.0 / 3), "0.3333");
  EXPECT_EQ(text16(100), "100.0");
  EXPECT_EQ(text16(6e-8), "6.0e-8");
}

TEST(FloatText, ReadsBackAsTheSameNumber) {
  uint64_t state = 88172645463325252;
  for (int i = 0; i < 20000; i++) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    double v = __builtin_bit_cast(double, state), back;
    if (!std::isfinite(v))
      continue;
    ASSERT_TRUE(parse_float64(text(v), back)) << text(v);
    ASSERT_EQ(back, v);
  }
}

TEST(FloatText, EveryFloat16ReadsBack) {
  for (uint32_t bits = 0; bits < 0x7c00; bits++) {
    _Float16 v = __builtin_bit_cast(_Float16, uint16_t(bits));
    double back;
    ASSERT_TRUE(parse_float64(text16(double(v)), back));
    ASSERT_TRUE(_Float16(back) == v) << bits;
  }
}

TEST(FloatParsing, TakesWhatJuliaTakes) {
  double v;
  auto is = [&](const char *t, double expected) { return parse_float64(t, v) && v == expected; };
  EXPECT_TRUE(is("1", 1));
  EXPECT_TRUE(is("+1.5", 1.5));
  EXPECT_TRUE(is("-.5", -0.5));
  EXPECT_TRUE(is("1.", 1));
  EXPECT_TRUE(is("1e3", 1000));
  EXPECT_TRUE(is("1E-2", 0.01));
  EXPECT_TRUE(is("0x1.8p1", 3));
  EXPECT_TRUE(is("Inf", INFINITY));
  EXPECT_TRUE(is("-infinity", -INFINITY));
  EXPECT_TRUE(is("1e400", INFINITY));
  EXPECT_TRUE(is("1e-400", 0));
  EXPECT_TRUE(parse_float64("nan", v) && std::isnan(v));
  for (const char *bad : {"", "+", "-", ".", "e5", "1e", "1 ", " 1", "1.5.2", "--1", "+-1", "0x", "1f",
                          "nan(1)", "abc", "1_000"})
    EXPECT_FALSE(parse_float64(bad, v)) << bad;
  float f;
  EXPECT_TRUE(parse_float32("0.1", f) && f == 0.1f);
  EXPECT_TRUE(parse_float32("1e39", f) && std::isinf(f));
}
