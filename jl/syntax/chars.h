// SPDX-License-Identifier: MIT
// Classes of characters as the lexer wants them.
//
// ASCII is answered from a table; what else may stand in identifiers and operators is jl/support's
// (identifier_chars.h), since the runtime asks it too.
#pragma once

#include "jl/support/identifier_chars.h"
#include "jl/support/symbol.h"

#include <cstdint>
#include <string_view>

namespace jl {

namespace char_class {
enum : uint8_t { IdStart = 1, IdChar = 2, Digit = 4, HexDigit = 8, Blank = 16 };
extern const uint8_t kAscii[128];
} // namespace char_class

inline bool is_ascii_class(uint8_t byte, uint8_t mask) {
  return byte < 128 && (char_class::kAscii[byte] & mask);
}

inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
inline bool is_hex_digit(char c) {
  return is_ascii_class(static_cast<uint8_t>(c), char_class::HexDigit);
}
/// Value of a digit in any base up to 16; 16 for anything else.
int digit_value(char c);

/// Blank other than a line end.
bool is_blank(uint32_t code);
/// May not stand in source text outside strings and comments: looks like a blank, but is none.
bool is_invisible(uint32_t code);

/// The symbol of an identifier as written: normalised to NFC, and ɛ, µ as the Greek letters.
Symbol intern_identifier(std::string_view text);

} // namespace jl
