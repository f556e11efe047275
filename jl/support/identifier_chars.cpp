// SPDX-License-Identifier: MIT
#include "jl/support/identifier_chars.h"

#include <algorithm>
#include <iterator>
#include <utf8proc.h>

namespace jl {

namespace {

struct CodeRange {
  uint32_t first, last;
};

template <size_t N> bool contains(const CodeRange (&ranges)[N], uint32_t code) {
  auto after = std::upper_bound(std::begin(ranges), std::end(ranges), code,
                                [](uint32_t c, const CodeRange &range) { return c < range.first; });
  return after != std::begin(ranges) && code <= std::prev(after)->last;
}

// Characters that start an identifier though their category (mathematical symbol, number, ...) says no.
constexpr CodeRange kExtraStarts[] = {
    {0x207a, 0x207e},   {0x208a, 0x208e},   // super- and subscript + - = ( )
    {0x2118, 0x2118},   {0x212e, 0x212e},   // ℘ ℮
    {0x2140, 0x2144},                       // ⅀ ⅁ ⅂ ⅃ ⅄
    {0x2200, 0x2200},   {0x2202, 0x2207},   // ∀ ∂ ∃ ∄ ∅ ∆ ∇
    {0x220e, 0x2211},                       // ∎ ∏ ∐ ∑
    {0x221e, 0x2222},                       // ∞ ∟ ∠ ∡ ∢
    {0x222b, 0x2233},                       // integrals
    {0x223f, 0x223f},   {0x22a4, 0x22a5},   // ∿ ⊤ ⊥
    {0x22be, 0x22c3},                       // ⊾ ⊿ ⋀ ⋁ ⋂ ⋃
    {0x25f8, 0x25ff},   {0x266f, 0x266f},   // triangles and squares, ♯
    {0x27c0, 0x27c1},   {0x27d8, 0x27d9},   // ⟀ ⟁ ⟘ ⟙
    {0x299b, 0x29b4},                       // angles, ⦰ .. ⦴
    {0x2a00, 0x2a06},   {0x2a09, 0x2a16},   // large operators
    {0x2a1b, 0x2a1c},   {0x309b, 0x309c},   // upper and lower integral; sound marks
    {0x1d6c1, 0x1d6c1}, {0x1d6db, 0x1d6db}, // nabla and partial in mathematical alphabets
    {0x1d6fb, 0x1d6fb}, {0x1d715, 0x1d715}, {0x1d735, 0x1d735}, {0x1d74f, 0x1d74f}, {0x1d76f, 0x1d76f},
    {0x1d789, 0x1d789}, {0x1d7a9, 0x1d7a9}, {0x1d7c3, 0x1d7c3}, {0x1d7ce, 0x1d7e1}, // bold and double-struck
                                                                                    // digits
};

// Characters inside an identifier beyond the categories: primes, joiners, Other_ID_Continue.
constexpr CodeRange kExtraChars[] = {
    {0x200c, 0x200d},
    {0x2032, 0x2037},
    {0x2057, 0x2057},
};

constexpr CodeRange kSuffixes[] = {
    {0x00b2, 0x00b3}, {0x00b9, 0x00b9}, {0x02b0, 0x02b0}, {0x02b2, 0x02b3}, {0x02b7, 0x02b8},
    {0x02e1, 0x02e3}, {0x1d2c, 0x1d2c}, {0x1d2e, 0x1d2e}, {0x1d30, 0x1d31}, {0x1d33, 0x1d3a},
    {0x1d3c, 0x1d3c}, {0x1d3e, 0x1d43}, {0x1d45, 0x1d45}, {0x1d47, 0x1d49}, {0x1d4b, 0x1d4b},
    {0x1d4d, 0x1d4d}, {0x1d4f, 0x1d50}, {0x1d52, 0x1d52}, {0x1d56, 0x1d58}, {0x1d5b, 0x1d5b},
    {0x1d5d, 0x1d6a}, {0x1d9c, 0x1d9c}, {0x1da0, 0x1da0}, {0x1da5, 0x1da6}, {0x1dab, 0x1dab},
    {0x1db0, 0x1db0}, {0x1db8, 0x1db8}, {0x1dbb, 0x1dbb}, {0x1dbf, 0x1dbf}, {0x2032, 0x2037},
    {0x2057, 0x2057}, {0x2070, 0x2071}, {0x2074, 0x208e}, {0x2090, 0x209c}, {0x2c7c, 0x2c7d},
    {0xa71b, 0xa71d},
};

bool is_other_symbol_name(uint32_t code) {
  bool arrow = code >= 0x2190 && code <= 0x21ff;
  return !arrow && code != 0xa6 && code != 0x233f && code != 0xfffc && code != 0xfffd;
}

bool is_start_category(uint32_t code, utf8proc_category_t category) {
  switch (category) {
  case UTF8PROC_CATEGORY_LU:
  case UTF8PROC_CATEGORY_LL:
  case UTF8PROC_CATEGORY_LT:
  case UTF8PROC_CATEGORY_LM:
  case UTF8PROC_CATEGORY_LO:
  case UTF8PROC_CATEGORY_NL:
  case UTF8PROC_CATEGORY_SC:
    return true;
  case UTF8PROC_CATEGORY_SO:
    return is_other_symbol_name(code);
  default:
    return contains(kExtraStarts, code);
  }
}

bool is_continue_category(utf8proc_category_t category) {
  switch (category) {
  case UTF8PROC_CATEGORY_MN:
  case UTF8PROC_CATEGORY_MC:
  case UTF8PROC_CATEGORY_ME:
  case UTF8PROC_CATEGORY_ND:
  case UTF8PROC_CATEGORY_NO:
  case UTF8PROC_CATEGORY_PC:
  case UTF8PROC_CATEGORY_SK:
    return true;
  default:
    return false;
  }
}

utf8proc_category_t category_of(uint32_t code) {
  return utf8proc_category(static_cast<utf8proc_int32_t>(code));
}

bool is_ascii_letter(uint32_t code) {
  return (code | 32) - 'a' < 26u;
}

} // namespace

bool is_identifier_start(uint32_t code) {
  if (code < 0x80)
    return is_ascii_letter(code) || code == '_';
  return code > 0xa0 && is_start_category(code, category_of(code));
}

bool is_identifier_char(uint32_t code) {
  if (code < 0x80)
    return is_ascii_letter(code) || code == '_' || code == '!' || (code >= '0' && code <= '9');
  if (code <= 0xa0)
    return false;
  auto category = category_of(code);
  return is_start_category(code, category) || is_continue_category(category) || contains(kExtraChars, code);
}

bool is_operator_suffix(uint32_t code) {
  if (code < 0xb2)
    return false;
  if (contains(kSuffixes, code))
    return true;
  auto category = category_of(code);
  return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC ||
         category == UTF8PROC_CATEGORY_ME;
}

} // namespace jl
