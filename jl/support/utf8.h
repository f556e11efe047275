// SPDX-License-Identifier: MIT
// UTF-8, character by character, with utf8proc's tables for what a character is. Text may be broken: every
// byte that starts no well-formed character counts as one character of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace jl {

/// One character of a text.
struct Character {
  uint32_t code = 0;   ///< code point; the byte itself when broken
  uint32_t length = 0; ///< bytes; 0 at the end of the text
  bool valid = true;
};

/// The character at `text[offset]`. Surrogates, overlong forms and values past U+10FFFF are broken.
Character decode_character(std::string_view text, size_t offset);

/// Appends the UTF-8 form. `code` <= 0x1FFFFF; surrogates are encoded like any other (Julia allows them).
void append_utf8(std::string &out, uint32_t code);

size_t count_characters(std::string_view text);

/// Terminal columns of one character: 0, 1 or 2. Control characters count 0.
int character_width(uint32_t code);

/// Normalised to NFC. Broken text is returned as it is.
std::string normalize_nfc(std::string_view text);

} // namespace jl
