// SPDX-License-Identifier: MIT
#include "jl/runtime/show_value.h"

#include <charconv>

#include "jl/runtime/module.h"
#include "jl/runtime/task.h"
#include "jl/runtime/types_internal.h"
#include "jl/runtime/values.h"

namespace jl {

namespace {

bool is_identifier_byte(unsigned char c) {
  return c >= 0x80 || c == '_' || c == '!' || isalnum(c);
}

bool is_identifier(std::string_view name) {
  if (name.empty() || isdigit(static_cast<unsigned char>(name[0])) || name[0] == '!')
    return false;
  for (unsigned char c : name)
    if (!is_identifier_byte(c))
      return false;
  return true;
}

bool is_operator(std::string_view name) {
  return !name.empty() && name.find_first_not_of("+-*/\\^%<>=!&|~:.$") == std::string_view::npos;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\')
      out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string symbol_text(std::string_view name) {
  if (is_identifier(name) || is_operator(name))
    return ":" + std::string(name);
  return "Symbol(" + quoted(name) + ")";
}

template <class T> std::string hex(T v) {
  char digits[2 * sizeof(T) + 1];
  for (size_t i = 0; i < 2 * sizeof(T); ++i)
    digits[i] = "0123456789abcdef"[(v >> (4 * (2 * sizeof(T) - 1 - i))) & 15];
  return "0x" + std::string(digits, 2 * sizeof(T));
}

std::string char_text(const Value *v) {
  uint32_t bits = unbox_uint32(v); // UTF-8 bytes from the top down
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8)
    if (char c = char(bits >> shift); c || bytes.empty())
      bytes += c;
  return "'" + (bytes == "'" || bytes == "\\" ? "\\" + bytes : bytes) + "'";
}

std::string float_text(double v) {
  char text[64];
  auto end = std::to_chars(text, text + sizeof text, v).ptr;
  std::string out(text, end);
  return out.find_first_of(".en") == std::string::npos ? out + ".0" : out;
}

std::string fields_text(Value *v, Module *from) {
  DataType *t = type_of(v);
  std::string out;
  for (uint32_t i = 0; i < t->layout->nfields; ++i) {
    out += i ? ", " : "";
    if (is_named_tuple_type(t))
      out += identifier(field_name(t, i).text()) + " = ";
    Value *field = get_field(current_task(), v, i);
    out += field ? parameter_to_string(field, from) : "#undef";
  }
  bool tuple = t->name == types::Tuple->name || is_named_tuple_type(t);
  if (tuple && t->layout->nfields == 1)
    out += ",";
  return (tuple ? "(" : type_to_string(t, from) + "(") + out + ")";
}

std::string integer_text(DataType *t, const Value *v) {
  if (t == types::Int64)
    return std::to_string(unbox_int64(v));
  if (t == types::Int32)
    return type_to_string(t) + "(" + std::to_string(unbox_int32(v)) + ")";
  if (t == types::Int16)
    return "Int16(" + std::to_string(unbox<int16_t>(v)) + ")";
  if (t == types::Int8)
    return "Int8(" + std::to_string(unbox<int8_t>(v)) + ")";
  if (t == types::UInt8)
    return hex(unbox_uint8(v));
  if (t == types::UInt16)
    return hex(unbox<uint16_t>(v));
  if (t == types::UInt32)
    return hex(unbox_uint32(v));
  return t == types::UInt64 ? hex(unbox_uint64(v)) : "";
}

} // namespace

std::string identifier(std::string_view name) {
  return is_identifier(name) ? std::string(name) : "var" + quoted(name);
}

std::string operator_or_identifier(std::string_view name) {
  return is_operator(name) ? std::string(name) : identifier(name);
}

std::string parameter_to_string(Value *v, Module *from) {
  DataType *t = type_of(v);
  if (is_type_or_var(v))
    return type_to_string(v, from);
  if (t == types::Symbol_)
    return symbol_text(static_cast<SymbolValue *>(v)->name.text());
  if (t == types::Bool)
    return unbox_bool(v) ? "true" : "false";
  if (t == types::Nothing)
    return "nothing";
  if (t == types::Char)
    return char_text(v);
  if (t == types::Float64)
    return float_text(unbox_float64(v));
  if (t == types::Module_)
    return module_path(static_cast<Module *>(v));
  if (std::string text = integer_text(t, v); !text.empty())
    return text;
  if (t->instance && t->name->is_function)
    return operator_or_identifier(t->name->function_name.text());
  if (t->layout && (t->layout->nfields || t->layout->size == 0))
    return fields_text(v, from);
  std::string bytes;
  for (uint32_t i = t->layout ? t->layout->size : 0; i-- > 0;)
    bytes += hex(reinterpret_cast<const uint8_t *>(v)[i]).substr(2);
  return type_to_string(t, from) + "(0x" + bytes + ")";
}

} // namespace jl
