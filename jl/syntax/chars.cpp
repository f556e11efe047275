// SPDX-License-Identifier: MIT
#include "jl/syntax/chars.h"

#include "jl/support/utf8.h"

#include <algorithm>
#include <string>
#include <utf8proc.h>

namespace jl {

namespace {

constexpr uint8_t classify(int c) {
  using namespace char_class;
  bool lower = c >= 'a' && c <= 'z', upper = c >= 'A' && c <= 'Z', digit = c >= '0' && c <= '9';
  uint8_t bits = 0;
  if (lower || upper || c == '_')
    bits |= IdStart | IdChar;
  if (digit)
    bits |= Digit | HexDigit | IdChar;
  if (c == '!')
    bits |= IdChar;
  if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))
    bits |= HexDigit;
  if (c == ' ' || c == '\t' || c == '\v' || c == '\f' || c == '\r')
    bits |= Blank;
  return bits;
}

// Letters that keyboards and fonts confuse; NFC leaves them alone.
void map_confusables(std::string &text) {
  struct {
    std::string_view from, to;
  } constexpr kPairs[] = {{"ɛ", "ε"}, {"µ", "μ"}};
  for (auto [from, to] : kPairs)
    for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
      text.replace(at, from.size(), to);
}

} // namespace

#define ROW(n)                                                                                               \
  classify(n), classify(n + 1), classify(n + 2), classify(n + 3), classify(n + 4), classify(n + 5),          \
      classify(n + 6), classify(n + 7)
const uint8_t char_class::kAscii[128] = {ROW(0),  ROW(8),   ROW(16),  ROW(24), ROW(32), ROW(40),
                                         ROW(48), ROW(56),  ROW(64),  ROW(72), ROW(80), ROW(88),
                                         ROW(96), ROW(104), ROW(112), ROW(120)};
#undef ROW

int digit_value(char c) {
  if (is_digit(c))
    return c - '0';
  return is_hex_digit(c) ? (c | 0x20) - 'a' + 10 : 16;
}

bool is_blank(uint32_t code) {
  if (code < 0x80)
    return char_class::kAscii[code] & char_class::Blank;
  return code == 0x85 || utf8proc_category(utf8proc_int32_t(code)) == UTF8PROC_CATEGORY_ZS;
}

bool is_invisible(uint32_t code) {
  return code == 0xad || code == 0xfeff || (code >= 0x200b && code <= 0x200f) ||
         (code >= 0x2028 && code <= 0x202e) || (code >= 0x2060 && code <= 0x2069);
}

Symbol intern_identifier(std::string_view text) {
  bool ascii = std::ranges::none_of(text, [](char c) { return static_cast<signed char>(c) < 0; });
  if (ascii)
    return Symbol::intern(text);
  std::string normalized = normalize_nfc(text);
  map_confusables(normalized);
  return Symbol::intern(normalized);
}

} // namespace jl
