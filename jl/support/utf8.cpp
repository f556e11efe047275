// SPDX-License-Identifier: MIT
#include "jl/support/utf8.h"

#include <cstdlib>
#include <utf8proc.h>

namespace jl {

Character decode_character(std::string_view text, size_t offset) {
  if (offset >= text.size())
    return {};
  auto first = static_cast<unsigned char>(text[offset]);
  if (first < 0x80)
    return {first, 1, true};
  utf8proc_int32_t code = 0;
  auto *bytes = reinterpret_cast<const utf8proc_uint8_t *>(text.data() + offset);
  auto length = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size() - offset), &code);
  if (length <= 0)
    return {first, 1, false};
  return {static_cast<uint32_t>(code), static_cast<uint32_t>(length), true};
}

void append_utf8(std::string &out, uint32_t code) {
  auto tail = [&](int shift) { out.push_back(static_cast<char>(0x80 | ((code >> shift) & 0x3f))); };
  if (code < 0x80)
    return out.push_back(static_cast<char>(code));
  if (code < 0x800) {
    out.push_back(static_cast<char>(0xc0 | code >> 6));
    return tail(0);
  }
  if (code < 0x10000) {
    out.push_back(static_cast<char>(0xe0 | code >> 12));
    return tail(6), tail(0);
  }
  out.push_back(static_cast<char>(0xf0 | code >> 18));
  tail(12), tail(6), tail(0);
}

size_t count_characters(std::string_view text) {
  size_t count = 0;
  for (size_t i = 0; i < text.size(); ++count)
    i += decode_character(text, i).length;
  return count;
}

int character_width(uint32_t code) {
  if (code < 0x7f)
    return code >= 0x20;
  int width = utf8proc_charwidth(static_cast<utf8proc_int32_t>(code));
  return width < 0 ? 0 : width;
}

std::string normalize_nfc(std::string_view text) {
  utf8proc_uint8_t *out = nullptr;
  auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t *>(text.data()),
                           static_cast<utf8proc_ssize_t>(text.size()), &out,
                           static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
  if (size < 0)
    return std::string(text);
  std::string result(reinterpret_cast<char *>(out), static_cast<size_t>(size));
  free(out);
  return result;
}

} // namespace jl
