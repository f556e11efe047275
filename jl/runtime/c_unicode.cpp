// SPDX-License-Identifier: MIT
#include <cstdlib>
#include <utf8proc.h>

#include "jl/runtime/c_function.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/values.h"
#include "jl/support/identifier_chars.h"

using namespace jl;

/// utf8proc takes signed code points and reads no table past the last one.
static utf8proc_int32_t code(uint32_t c) {
  return c <= 0x10ffff ? utf8proc_int32_t(c) : -1;
}

C_EXPORT int32_t jl_char_category(uint32_t c) {
  return c <= 0x10ffff ? utf8proc_category(code(c)) : UTF8PROC_CATEGORY_CN;
}

C_EXPORT Value *jl_char_category_name(uint32_t c) {
  return new_string(current_task(), c <= 0x10ffff ? utf8proc_category_string(code(c)) : "Cn");
}

C_EXPORT int32_t jl_char_width(uint32_t c) {
  return c <= 0x10ffff ? utf8proc_charwidth(code(c)) : 1;
}
C_EXPORT uint32_t jl_char_upper(uint32_t c) {
  return c <= 0x10ffff ? uint32_t(utf8proc_toupper(code(c))) : c;
}
C_EXPORT uint32_t jl_char_lower(uint32_t c) {
  return c <= 0x10ffff ? uint32_t(utf8proc_tolower(code(c))) : c;
}
C_EXPORT uint32_t jl_char_title(uint32_t c) {
  return c <= 0x10ffff ? uint32_t(utf8proc_totitle(code(c))) : c;
}
C_EXPORT int32_t jl_char_is_upper(uint32_t c) {
  return c <= 0x10ffff && utf8proc_isupper(code(c));
}
C_EXPORT int32_t jl_char_is_lower(uint32_t c) {
  return c <= 0x10ffff && utf8proc_islower(code(c));
}

C_EXPORT uint8_t jl_grapheme_break(uint32_t a, uint32_t b, int32_t *state) {
  return a > 0x10ffff || b > 0x10ffff || utf8proc_grapheme_break_stateful(code(a), code(b), state);
}

C_EXPORT Value *jl_unicode_map(Value *string, int32_t options) {
  std::string_view text = string_view_of(string);
  utf8proc_uint8_t *mapped = nullptr;
  utf8proc_ssize_t n = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t *>(text.data()),
                                    utf8proc_ssize_t(text.size()), &mapped, utf8proc_option_t(options));
  if (n < 0)
    return nothing_value();
  Value *result = new_string(current_task(), {reinterpret_cast<char *>(mapped), size_t(n)});
  free(mapped);
  return result;
}

C_EXPORT uint8_t jl_is_identifier_start(uint32_t c) {
  return c <= 0x10ffff && is_identifier_start(c);
}

C_EXPORT uint8_t jl_is_identifier_char(uint32_t c) {
  return c <= 0x10ffff && is_identifier_char(c);
}
