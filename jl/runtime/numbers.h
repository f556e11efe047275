// SPDX-License-Identifier: MIT
// Floats to decimal digits and back.
//
// What Base's show and parse come down to (c_numbers.cpp). Digits are the fewest that read back as the same
// float; integers are no business of this file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace jl {

/// A finite positive float as d.ddd * 10^exponent, with the fewest digits that read back as the same float.
struct ShortestDigits {
  char digits[24];
  int count;
  int exponent;
};
ShortestDigits shortest_digits(double v);
ShortestDigits shortest_digits(float v);
ShortestDigits shortest_digits(_Float16 v);

/// Julia's text of a finite float that is not zero: `1.0`, `1.0e10`. `exponent_mark` is 'e', or 'f' for
/// Float32 shown as a literal. `fixed_below`: with more digits before the point the form with exponent is
/// used (6; 3 for Float16). Returns the length.
inline constexpr size_t kMaxFloatText = 48;
size_t write_float(char *out, const ShortestDigits &digits, bool negative, char exponent_mark,
                   int fixed_below);
size_t write_float64(char *out, double v);
size_t write_float16(char *out, _Float16 v);
/// `as_literal`: as show gives it, `1.5f0`, `Inf32`; else as print, `1.5`.
size_t write_float32(char *out, float v, bool as_literal);

/// Reads all of `text` as Julia's parse(Float64, text) does (sign, Inf, NaN, exponent, hexadecimal; no
/// blanks). False when it is no number.
bool parse_float64(std::string_view text, double &out);
bool parse_float32(std::string_view text, float &out);

} // namespace jl
