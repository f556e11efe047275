// SPDX-License-Identifier: MIT
#include <cstring>

#include "jl/runtime/c_function.h"
#include "jl/runtime/exceptions.h"
#include "jl/runtime/gc.h"
#include "jl/runtime/module.h"
#include "jl/runtime/strings.h"
#include "jl/runtime/symbols.h"
#include "jl/runtime/types.h"
#include "jl/runtime/values.h"
#include "jl/support/utf8.h"

using namespace jl;

// --- Objects ---

C_EXPORT void *jl_value_ptr(Value *v) {
  return v;
}
C_EXPORT Value *jl_value_from_ptr(void *p) {
  return static_cast<Value *>(p);
}
C_EXPORT uint64_t jl_object_id(Value *v) {
  return object_id(v);
}
C_EXPORT Value *jl_copy_expr(Value *v) {
  return copy_ast(current_task(), v);
}

C_EXPORT Value *jl_new_expr(Value *head, Value *args) {
  return new_expr(current_task(), static_cast<SymbolValue *>(head), static_cast<Array *>(args));
}

C_EXPORT Value *jl_new_uninitialized(Value *type) {
  auto *t = static_cast<DataType *>(type);
  if (type_of(type) != types::DataType_ || !t->layout || !t->is_concrete)
    throw_type_error(current_task(), "new", types::DataType_, type);
  return t->instance ? t->instance : alloc_object(current_task(), t);
}

// --- Strings ---

C_EXPORT Value *jl_string_alloc(size_t n) {
  return alloc_string(current_task(), n);
}
C_EXPORT Value *jl_string_from_bytes(const char *p, size_t n) {
  return new_string(current_task(), {p, n});
}
C_EXPORT char *jl_string_ptr(Value *s) {
  return static_cast<String *>(s)->data;
}

C_EXPORT int64_t jl_find_bytes(const char *text, size_t n, const char *needle, size_t m) {
  auto *found = static_cast<const char *>(memmem(text, n, needle, m));
  return found ? found - text : -1;
}

C_EXPORT int64_t jl_find_bytes_last(const char *text, size_t n, const char *needle, size_t m) {
  size_t at = std::string_view(text, n).rfind(std::string_view(needle, m));
  return at == std::string_view::npos ? -1 : int64_t(at);
}

/// Well-formed UTF-8. A run of ASCII is skipped by words.
C_EXPORT uint8_t jl_is_valid_utf8(const char *p, size_t n) {
  std::string_view text(p, n);
  for (size_t i = 0; i < n;) {
    uint64_t word;
    if (i + 8 <= n && (memcpy(&word, p + i, 8), (word & 0x8080808080808080) == 0)) {
      i += 8;
      continue;
    }
    Character c = decode_character(text, i);
    if (!c.valid)
      return 0;
    i += c.length;
  }
  return 1;
}

// --- Symbols ---

C_EXPORT Value *jl_symbol(const char *p, size_t n) {
  if (memchr(p, 0, n))
    throw_argument_error(current_task(), "Symbol name may not contain \\0");
  return symbol_value(std::string_view(p, n));
}

C_EXPORT Value *jl_symbol_string(Value *symbol) {
  return new_string(current_task(), symbol_of(symbol).text());
}

C_EXPORT Value *jl_gensym(Value *base, Value *module) {
  return generate_symbol(static_cast<Module *>(module), string_view_of(base));
}
