// SPDX-License-Identifier: MIT
#include "jl/syntax/strings.h"

#include "jl/support/utf8.h"
#include "jl/syntax/chars.h"

#include <algorithm>

namespace jl {

namespace {

bool is_line_end(char c) {
  return c == '\n' || c == '\r';
}
bool is_indent(char c) {
  return c == ' ' || c == '\t';
}

// Length of the line end at `i`: 2 for \r\n.
size_t line_end_length(std::string_view text, size_t i) {
  return text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n' ? 2 : 1;
}

int simple_escape(char c) {
  switch (c) {
  case 'n':
    return '\n';
  case 't':
    return '\t';
  case 'r':
    return '\r';
  case 'e':
    return '\x1b';
  case 'b':
    return '\b';
  case 'f':
    return '\f';
  case 'v':
    return '\v';
  case 'a':
    return '\a';
  case '\\':
  case '"':
  case '\'':
  case '$':
  case '`':
    return c;
  default:
    return -1;
  }
}

// Up to `limit` digits of `base` from `i` on.
uint32_t read_code(std::string_view text, size_t &i, int base, int limit) {
  uint32_t code = 0;
  for (int n = 0; n < limit && i < text.size() && digit_value(text[i]) < base; ++n, ++i)
    code = code * base + digit_value(text[i]);
  return code;
}

// At the `x`, `u` or `U` of an escape.
bool append_hex_escape(std::string &out, std::string_view text, size_t &i) {
  char kind = text[i++];
  size_t begin = i;
  uint32_t code = read_code(text, i, 16, kind == 'x' ? 2 : kind == 'u' ? 4 : 8);
  if (i == begin || code > 0x10ffff)
    return false;
  if (kind == 'x')
    out.push_back(static_cast<char>(code));
  else
    append_utf8(out, code);
  return true;
}

bool append_octal_escape(std::string &out, std::string_view text, size_t &i) {
  uint32_t code = read_code(text, i, 8, 3);
  out.push_back(static_cast<char>(code));
  return code <= 255;
}

// At the character after a backslash; moves `i` past the escape.
bool append_escape(std::string &out, std::string_view text, size_t &i) {
  if (i >= text.size())
    return false;
  char c = text[i];
  if (int simple = simple_escape(c); simple >= 0) {
    out.push_back(static_cast<char>(simple));
    return ++i, true;
  }
  if (c == 'x' || c == 'u' || c == 'U')
    return append_hex_escape(out, text, i);
  if (c >= '0' && c <= '7')
    return append_octal_escape(out, text, i);
  if (!is_line_end(c))
    return ++i, false;
  i += line_end_length(text, i);
  while (i < text.size() && is_indent(text[i]))
    ++i;
  return true;
}

} // namespace

EscapeResult append_unescaped(std::string &out, std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    char c = text[i];
    if (c == '\\') {
      size_t begin = i++;
      if (!append_escape(out, text, i))
        return {false, begin, i - begin};
    } else if (c == '\r') {
      i += line_end_length(text, i);
      out.push_back('\n');
    } else {
      size_t end = std::min(text.find_first_of("\\\r", i), text.size());
      out.append(text.substr(i, end - i));
      i = end;
    }
  }
  return {};
}

void append_raw(std::string &out, std::string_view text, char delimiter) {
  for (size_t i = 0; i < text.size();) {
    char c = text[i];
    if (c == '\r') {
      i += line_end_length(text, i);
      out.push_back('\n');
      continue;
    }
    if (c != '\\') {
      out.push_back(c);
      ++i;
      continue;
    }
    size_t end = std::min(text.find_first_not_of('\\', i), text.size());
    size_t count = end - i;
    bool special = end == text.size() || text[end] == delimiter;
    out.append(special ? count / 2 : count, '\\');
    i = end;
    if (special && end < text.size()) {
      out.push_back(delimiter);
      ++i;
    }
  }
}

void IndentFinder::close_line() {
  if (!at_line_start_)
    return;
  at_line_start_ = false;
  if (!found_) {
    found_ = true;
    indent_ = blanks_;
    return;
  }
  auto [a, b] = std::mismatch(indent_.begin(), indent_.end(), blanks_.begin(), blanks_.end());
  indent_ = indent_.substr(0, a - indent_.begin());
}

void IndentFinder::add_text(std::string_view text, bool raw) {
  for (size_t i = 0; i < text.size();) {
    if (at_line_start_) {
      size_t end = std::min(text.find_first_not_of(" \t", i), text.size());
      blanks_ = text.substr(i, end - i);
      i = end;
      if (i == text.size())
        return;
      if (is_line_end(text[i]))
        at_line_start_ = false; // a blank line does not count
      else
        close_line();
    } else if (is_line_end(text[i])) {
      i += line_end_length(text, i);
      at_line_start_ = true;
      blanks_ = text.substr(i, 0);
    } else if (text[i] == '\\' && !raw && i + 1 < text.size()) {
      i += 1 + (is_line_end(text[i + 1]) ? line_end_length(text, i + 1) : 1);
    } else {
      ++i;
    }
  }
}

std::string remove_indent(std::string_view text, std::string_view indent, bool at_line_start) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    if (at_line_start) {
      auto [a, b] = std::mismatch(indent.begin(), indent.end(), text.begin() + i, text.end());
      i += a - indent.begin();
      at_line_start = false;
      continue;
    }
    size_t end = std::min(text.find_first_of("\r\n", i), text.size());
    if (end < text.size()) {
      end += line_end_length(text, end);
      at_line_start = true;
    }
    out.append(text.substr(i, end - i));
    i = end;
  }
  return out;
}

bool pack_character(std::string_view bytes, uint32_t &bits) {
  if (bytes.empty() || bytes.size() > 4)
    return false;
  bits = 0;
  for (size_t i = 0; i < 4; ++i)
    bits = bits << 8 | (i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0);
  if (bytes.size() == 1)
    return true;
  // More bytes than one: they must belong together, well-formed or not (Julia allows surrogates).
  auto first = static_cast<unsigned char>(bytes[0]);
  size_t length = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  bool continued = std::all_of(bytes.begin() + 1, bytes.end(), [](char c) { return (c & 0xc0) == 0x80; });
  return bytes.size() <= length && continued;
}

} // namespace jl
