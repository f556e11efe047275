// SPDX-License-Identifier: MIT
#include "jl/syntax/numbers.h"

#include "jl/syntax/chars.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string>

namespace jl {

namespace {

using uint128 = unsigned __int128;

std::string drop_underscores(std::string_view text) {
  std::string out;
  for (char c : text)
    if (c != '_')
      out.push_back(c);
  return out;
}

// The value of `digits`; false when it needs more than 128 bits.
bool read_digits(std::string_view digits, unsigned base, uint128 &value) {
  value = 0;
  for (char c : digits) {
    if (c == '_')
      continue;
    uint128 next;
    if (__builtin_mul_overflow(value, uint128{base}, &next) ||
        __builtin_add_overflow(next, uint128(digit_value(c)), &value))
      return false;
  }
  return true;
}

Node *make_wide_integer(AstArena &arena, std::string_view macro, std::string_view text, Range range) {
  Node *name = arena.global_ref(Symbol::intern("Core"), Symbol::intern(macro), range);
  Node *digits = arena.string(drop_underscores(text), range);
  return arena.expr(Head::MacroCall, {name, arena.nothing(range), digits}, range);
}

Node *make_decimal(AstArena &arena, std::string_view text, Range range) {
  bool negative = text.starts_with('-');
  uint128 value;
  bool fits = read_digits(text.substr(negative || text.starts_with('+')), 10, value);
  uint128 limit64 = (uint128{1} << 63) - !negative, limit128 = (uint128{1} << 127) - !negative;
  if (!fits || value > limit128)
    return make_wide_integer(arena, "@big_str", text, range);
  if (value > limit64)
    return make_wide_integer(arena, "@int128_str", text, range);
  auto bits = static_cast<uint64_t>(value);
  return arena.int64(static_cast<int64_t>(negative ? -bits : bits), range);
}

int count_digits(std::string_view digits) {
  int count = 0;
  for (char c : digits)
    count += c != '_';
  return count;
}

int bits_of_value(uint128 value) {
  int bits = 0;
  for (; value; value >>= 1)
    ++bits;
  return bits;
}

// Hexadecimal and binary literals are as wide as their digits say, leading zeros counted. Octal ones too
// when they have a leading zero, else as wide as their value.
int literal_width(std::string_view digits, Tok kind, uint128 value) {
  switch (kind) {
  case Tok::HexInt:
    return 4 * count_digits(digits);
  case Tok::BinInt:
    return count_digits(digits);
  default:
    return digits[0] == '0' ? 3 * count_digits(digits) : bits_of_value(value);
  }
}

Node *make_unsigned(AstArena &arena, Tok kind, std::string_view text, Range range) {
  if (text.starts_with('+'))
    text.remove_prefix(1);
  std::string_view digits = text.substr(2);
  unsigned base = kind == Tok::HexInt ? 16 : kind == Tok::BinInt ? 2 : 8;
  uint128 value;
  bool fits = read_digits(digits, base, value);
  int width = fits ? literal_width(digits, kind, value) : 129;
  // An octal UInt128 may have 43 digits: its first then stands for two bits only.
  if (kind == Tok::OctInt && fits && width > 128 && width <= 129)
    width = 128;
  if (width > 128)
    return make_wide_integer(arena, "@big_str", text, range);
  if (width > 64)
    return make_wide_integer(arena, "@uint128_str", text, range);
  auto type = width <= 8    ? IntegerType::UInt8
              : width <= 16 ? IntegerType::UInt16
              : width <= 32 ? IntegerType::UInt32
                            : IntegerType::UInt64;
  return arena.integer(type, static_cast<uint64_t>(value), range);
}

// Text that from_chars takes: no sign `+`, no underscores, `e` for the exponent, no 0x.
std::string normalize_float(std::string_view text, Tok kind, bool negative) {
  std::string out;
  for (size_t i = kind == Tok::HexFloat ? 2 : 0; i < text.size(); ++i) {
    if (text[i] == '_')
      continue;
    if (text.substr(i).starts_with("−")) { // U+2212
      out.push_back('-');
      i += 2;
    } else {
      bool exponent_f = kind == Tok::Float32 && text[i] == 'f';
      out.push_back(exponent_f ? 'e' : text[i]);
    }
  }
  return negative ? "-" + out : out;
}

template <class T> bool read_float(const std::string &text, std::chars_format format, T &value) {
  const char *end = text.data() + text.size();
  auto result = std::from_chars(text.data(), end, value, format);
  if (result.ec != std::errc::result_out_of_range)
    return true;
  // Too large or too small? Small ones round to zero or a subnormal number.
  std::string prefixed =
      format == std::chars_format::hex ? (text[0] == '-' ? "-0x" + text.substr(1) : "0x" + text) : text;
  value = sizeof(T) == 4 ? static_cast<T>(strtof(prefixed.c_str(), nullptr))
                         : static_cast<T>(strtod(prefixed.c_str(), nullptr));
  return std::isfinite(value);
}

Node *make_float(AstArena &arena, Tok kind, std::string_view text, Range range) {
  bool negative = text.starts_with('-');
  std::string digits = normalize_float(text.substr(negative || text.starts_with('+')), kind, negative);
  auto format = kind == Tok::HexFloat ? std::chars_format::hex : std::chars_format::general;
  if (kind == Tok::Float32) {
    float value = 0;
    return read_float(digits, format, value) ? arena.float32(value, range) : nullptr;
  }
  double value = 0;
  return read_float(digits, format, value) ? arena.float64(value, range) : nullptr;
}

} // namespace

Node *make_number(AstArena &arena, Tok kind, std::string_view text, Range range) {
  switch (kind) {
  case Tok::Integer:
    return make_decimal(arena, text, range);
  case Tok::BinInt:
  case Tok::OctInt:
  case Tok::HexInt:
    return make_unsigned(arena, kind, text, range);
  default:
    return make_float(arena, kind, text, range);
  }
}

} // namespace jl
