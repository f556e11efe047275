// SPDX-License-Identifier: MIT
#include "jl/syntax/literal_text.h"

#include "jl/support/utf8.h"
#include "jl/syntax/chars.h"
#include "jl/syntax/lexer.h"
#include "jl/syntax/operators.h"

#include <charconv>
#include <cmath>
#include <cstdio>

namespace jl {

namespace {

std::string hex(uint64_t value, int digits) {
  char buffer[24];
  snprintf(buffer, sizeof buffer, "%0*llx", digits, static_cast<unsigned long long>(value));
  return buffer;
}

const char *named_escape(uint32_t code) {
  switch (code) {
  case '\0':
    return "\\0";
  case '\a':
    return "\\a";
  case '\b':
    return "\\b";
  case '\t':
    return "\\t";
  case '\n':
    return "\\n";
  case '\v':
    return "\\v";
  case '\f':
    return "\\f";
  case '\r':
    return "\\r";
  case 0x1b:
    return "\\e";
  case '\\':
    return "\\\\";
  default:
    return nullptr;
  }
}

bool is_printable(uint32_t code) {
  return code >= 0x20 && (code < 0x7f || (code > 0xa0 && code != 0xad && character_width(code) > 0));
}

// One character inside quotes; `quote` is the quote to escape.
void append_escaped(std::string &out, std::string_view text, const Character &c, size_t at, char quote) {
  if (!c.valid) {
    out += "\\x" + hex(c.code, 2);
  } else if (const char *escape = named_escape(c.code)) {
    bool digit_follows = c.code == 0 && at + 1 < text.size() && is_digit(text[at + 1]);
    out += digit_follows ? "\\x00" : escape;
  } else if (c.code == static_cast<uint32_t>(quote) || (c.code == '$' && quote == '"')) {
    out.push_back('\\');
    out.push_back(static_cast<char>(c.code));
  } else if (is_printable(c.code)) {
    out += text.substr(at, c.length);
  } else if (c.code < 0x80) {
    out += "\\x" + hex(c.code, 2);
  } else {
    out += c.code < 0x10000 ? "\\u" + hex(c.code, 1) : "\\U" + hex(c.code, 1);
  }
}

std::string escape(std::string_view text, char quote) {
  std::string out(1, quote);
  for (size_t i = 0; i < text.size();) {
    Character c = decode_character(text, i);
    append_escaped(out, text, c, i, quote);
    i += c.length;
  }
  out.push_back(quote);
  return out;
}

std::string character_text(uint32_t bits) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8)
    if (char byte = static_cast<char>(bits >> shift); byte || shift == 24)
      bytes.push_back(byte);
  return escape(bytes, '\'');
}

// Shortest digits that read back the same, placed as Julia places them: 1.0, 1.0e-5, 1.0e6.
template <class T> std::string float_text(T value, std::string_view suffix, char exponent_mark) {
  if (std::isnan(value))
    return "NaN" + std::string(suffix);
  if (std::isinf(value))
    return (value < 0 ? "-Inf" : "Inf") + std::string(suffix);
  char buffer[64];
  auto result = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific);
  std::string_view text(buffer, result.ptr - buffer);
  bool negative = text[0] == '-';
  text.remove_prefix(negative);
  size_t e = text.find('e');
  int exponent = atoi(std::string(text.substr(e + 1)).c_str());
  std::string digits(1, text[0]);
  if (e > 2)
    digits += text.substr(2, e - 2);
  std::string out = negative ? "-" : "";
  int count = static_cast<int>(digits.size());
  if (exponent >= -4 && exponent < 0)
    out += "0." + std::string(-exponent - 1, '0') + digits;
  else if (exponent >= 0 && exponent < 6 && exponent + 1 >= count)
    out += digits + std::string(exponent + 1 - count, '0') + ".0";
  else if (exponent >= 0 && exponent < 6)
    out += digits.substr(0, exponent + 1) + "." + digits.substr(exponent + 1);
  else
    return out + digits.substr(0, 1) + "." + (count > 1 ? digits.substr(1) : "0") + exponent_mark +
           std::to_string(exponent);
  if (exponent_mark == 'f')
    out += "f0";
  return out;
}

std::string integer_text(const Node *node) {
  switch (node->integer_type) {
  case IntegerType::Int64:
    return std::to_string(static_cast<int64_t>(node->bits()));
  case IntegerType::UInt8:
    return "0x" + hex(node->bits(), 2);
  case IntegerType::UInt16:
    return "0x" + hex(node->bits(), 4);
  case IntegerType::UInt32:
    return "0x" + hex(node->bits(), 8);
  case IntegerType::UInt64:
    return "0x" + hex(node->bits(), 16);
  }
  return "";
}

} // namespace

Token lex_single(std::string_view text) {
  Lexer lexer(text);
  Token token = lexer.next();
  if (token.begin != 0 || token.end != text.size())
    token.kind = Tok::Error;
  return token;
}

std::string quote_text(std::string_view text) {
  return escape(text, '"');
}

std::string literal_text(const Node *node) {
  switch (node->kind) {
  case NodeKind::Integer:
    return integer_text(node);
  case NodeKind::Float64:
    return float_text(node->float64(), "", 'e');
  case NodeKind::Float32:
    return float_text(node->float32(), "32", 'f');
  case NodeKind::Char:
    return character_text(static_cast<uint32_t>(node->bits()));
  case NodeKind::String:
    return quote_text(node->string());
  case NodeKind::Bool:
    return node->boolean() ? "true" : "false";
  case NodeKind::Nothing:
    return "nothing";
  case NodeKind::GlobalRef:
    return "GlobalRef(" + std::string(node->ref_module().text()) + ", " + symbol_text(node->ref_name()) + ")";
  case NodeKind::Value:
    return "#<value>";
  default:
    return "";
  }
}

bool is_plain_identifier(std::string_view name) {
  return lex_single(name).kind == Tok::Identifier;
}

std::string symbol_text(Symbol symbol) {
  std::string text(symbol.text());
  Token token = lex_single(symbol.text());
  bool word = token.kind == Tok::Identifier || token.kind == Tok::Where || is_keyword(token.kind) ||
              token.is(Op::In) || token.is(Op::Isa) || symbol.text() == ".";
  if (word)
    return ":" + text;
  if (token.kind != Tok::Op)
    return "Symbol(" + quote_text(text) + ")";
  // Those that Julia quotes with parentheses, since the colon would run into them.
  for (std::string_view parens : {":", "::", ":=", "=", "==", "===", "=>"})
    if (symbol.text() == parens)
      return ":(" + text + ")";
  return ":" + text;
}

std::string line_text(const Node *node) {
  std::string file = node->line_file() ? std::string(node->line_file().text()) : "none";
  return "#= " + file + ":" + std::to_string(node->line()) + " =#";
}

} // namespace jl
