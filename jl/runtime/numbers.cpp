// SPDX-License-Identifier: MIT
// Shortest digits come from std::to_chars, which is exact and shortest; this file puts them into Julia's
// shape.
#include "jl/runtime/numbers.h"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace jl {

// --- To digits ---

/// Reads "d.ddde+XX".
static ShortestDigits split_scientific(const char *begin, const char *end) {
  ShortestDigits out = {};
  const char *p = begin;
  for (; p < end && *p != 'e'; p++)
    if (*p != '.')
      out.digits[out.count++] = *p;
  out.exponent = atoi(p + 1);
  while (out.count > 1 && out.digits[out.count - 1] == '0')
    out.count--;
  return out;
}

template <class F> static ShortestDigits shortest(F v) {
  char text[40];
  std::to_chars_result end = std::to_chars(text, text + sizeof text - 1, v, std::chars_format::scientific);
  *end.ptr = 0;
  return split_scientific(text, end.ptr);
}

ShortestDigits shortest_digits(double v) {
  return shortest(v);
}
ShortestDigits shortest_digits(float v) {
  return shortest(v);
}

/// No library knows Float16: the fewest of 1 to 5 digits that read back as the same one.
ShortestDigits shortest_digits(_Float16 v) {
  char text[40];
  int n = 0;
  for (int precision = 0; precision < 5; precision++) {
    n = snprintf(text, sizeof text, "%.*e", precision, double(v));
    if (_Float16(strtod(text, nullptr)) == v)
      break;
  }
  return split_scientific(text, text + n);
}

// --- Julia's text ---

namespace {

class Writer {
public:
  explicit Writer(char *out) : begin_(out), p_(out) {}
  void put(char c) { *p_++ = c; }
  void put(const char *text, size_t n) {
    memcpy(p_, text, n);
    p_ += n;
  }
  void zeros(int n) {
    while (n-- > 0)
      put('0');
  }
  void number(int v) { p_ = std::to_chars(p_, p_ + 12, v).ptr; }
  size_t length() const { return size_t(p_ - begin_); }

private:
  char *begin_, *p_;
};

/// 0.00123, 123.0, 1.23
void write_fixed(Writer &out, const ShortestDigits &d) {
  int point = d.exponent + 1; // digits before the point
  if (point <= 0) {
    out.put("0.", 2);
    out.zeros(-point);
    out.put(d.digits, size_t(d.count));
  } else if (point >= d.count) {
    out.put(d.digits, size_t(d.count));
    out.zeros(point - d.count);
    out.put(".0", 2);
  } else {
    out.put(d.digits, size_t(point));
    out.put('.');
    out.put(d.digits + point, size_t(d.count - point));
  }
}

/// 1.23e-7
void write_scientific(Writer &out, const ShortestDigits &d, char mark) {
  out.put(d.digits[0]);
  out.put('.');
  if (d.count == 1)
    out.put('0');
  out.put(d.digits + 1, size_t(d.count - 1));
  out.put(mark);
  out.number(d.exponent);
}

} // namespace

size_t write_float(char *text, const ShortestDigits &digits, bool negative, char exponent_mark,
                   int fixed_below) {
  Writer out(text);
  if (negative)
    out.put('-');
  int point = digits.exponent + 1;
  if (point > -4 && point <= fixed_below)
    write_fixed(out, digits);
  else
    write_scientific(out, digits, exponent_mark == 'f' ? 'f' : 'e');
  return out.length();
}

static size_t write_special(char *out, double v) {
  const char *text = std::isnan(v)     ? "NaN"
                     : std::isinf(v)   ? (v < 0 ? "-Inf" : "Inf")
                     : std::signbit(v) ? "-0.0"
                                       : "0.0";
  size_t n = strlen(text);
  memcpy(out, text, n);
  return n;
}

static bool is_special(double v) {
  return v == 0 || !std::isfinite(v);
}

size_t write_float64(char *out, double v) {
  return is_special(v) ? write_special(out, v)
                       : write_float(out, shortest_digits(std::fabs(v)), v < 0, 'e', 6);
}

size_t write_float16(char *out, _Float16 v) {
  if (is_special(double(v)))
    return write_special(out, double(v));
  return write_float(out, shortest_digits(_Float16(std::fabs(float(v)))), v < 0, 'e', 3);
}

size_t write_float32(char *out, float v, bool as_literal) {
  if (!is_special(v)) {
    size_t n = write_float(out, shortest_digits(std::fabs(v)), v < 0, as_literal ? 'f' : 'e', 6);
    if (as_literal && !memchr(out, 'f', n)) {
      memcpy(out + n, "f0", 2);
      n += 2;
    }
    return n;
  }
  size_t n = write_special(out, v);
  if (as_literal) {
    memcpy(out + n, v == 0 ? "f0" : "32", 2);
    n += 2;
  }
  return n;
}

// --- From text ---

static bool equals_ignoring_case(std::string_view a, std::string_view lower) {
  if (a.size() != lower.size())
    return false;
  for (size_t i = 0; i < a.size(); i++)
    if ((a[i] | 32) != lower[i])
      return false;
  return true;
}

/// What strtod would take but Julia does not: blanks, second signs, "nan(...)".
template <class F> static bool parse_unsigned(std::string_view text, F &out) {
  if (equals_ignoring_case(text, "inf") || equals_ignoring_case(text, "infinity"))
    return out = INFINITY, true;
  if (equals_ignoring_case(text, "nan"))
    return out = NAN, true;
  bool is_hex = text.size() > 2 && text[0] == '0' && (text[1] | 32) == 'x';
  if (is_hex)
    text.remove_prefix(2);
  if (text.empty() || !(isxdigit(static_cast<unsigned char>(text[0])) || text[0] == '.') ||
      (!is_hex && isalpha(text[0])))
    return false;
  auto format = is_hex ? std::chars_format::hex : std::chars_format::general;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out, format);
  if (error ==
      std::errc::result_out_of_range) // from_chars leaves `out` alone: the C library knows 0 from infinity
    return out = F(strtod((std::string(is_hex ? "0x" : "") + std::string(text)).c_str(), nullptr)),
           end == text.data() + text.size();
  return error == std::errc() && end == text.data() + text.size();
}

template <class F> static bool parse(std::string_view text, F &out) {
  bool negative = text.starts_with('-');
  if (negative || text.starts_with('+'))
    text.remove_prefix(1);
  if (!parse_unsigned(text, out))
    return false;
  if (negative)
    out = -out;
  return true;
}

bool parse_float64(std::string_view text, double &out) {
  return parse(text, out);
}
bool parse_float32(std::string_view text, float &out) {
  return parse(text, out);
}

} // namespace jl
