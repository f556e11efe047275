// SPDX-License-Identifier: MIT
#include <cstdio>
#include <cstring>
#include <string>

#include "jl/runtime/c_function.h"
#include "jl/runtime/numbers.h"
#include "jl/runtime/strings.h"

using namespace jl;

static int32_t give_digits(const ShortestDigits &d, char *out, int32_t *exponent) {
  memcpy(out, d.digits, size_t(d.count));
  *exponent = d.exponent;
  return d.count;
}

C_EXPORT int32_t jl_float64_digits(double v, char *out, int32_t *exponent) {
  return give_digits(shortest_digits(v), out, exponent);
}

C_EXPORT int32_t jl_float32_digits(float v, char *out, int32_t *exponent) {
  return give_digits(shortest_digits(v), out, exponent);
}

C_EXPORT size_t jl_float64_text(double v, char *out) {
  return write_float64(out, v);
}
C_EXPORT size_t jl_float32_text(float v, char *out, int32_t literal) {
  return write_float32(out, v, literal != 0);
}
C_EXPORT size_t jl_float16_text(uint16_t bits, char *out) {
  return write_float16(out, __builtin_bit_cast(_Float16, bits));
}

C_EXPORT Value *jl_float64_string(double v) {
  char text[kMaxFloatText];
  return new_string(current_task(), {text, write_float64(text, v)});
}

C_EXPORT Value *jl_int_string(int64_t v) {
  return new_string(current_task(), std::to_string(v));
}

C_EXPORT int32_t jl_format_float(char *out, size_t room, uint8_t conversion, int32_t precision, double v) {
  if (!strchr("fegaFEGA", conversion) || !conversion)
    return -1;
  char format[] = {'%', '.', '*', char(conversion), 0};
  char plain[] = {'%', char(conversion), 0};
  return precision < 0 ? snprintf(out, room, plain, v) : snprintf(out, room, format, precision, v);
}

C_EXPORT int32_t jl_parse_float64(const char *text, size_t n, double *out) {
  return parse_float64({text, n}, *out);
}
C_EXPORT int32_t jl_parse_float32(const char *text, size_t n, float *out) {
  return parse_float32({text, n}, *out);
}
