// SPDX-License-Identifier: MIT
#include "jl/support/numbered_order.h"

namespace jl {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Takes a number off the front of `text`; without the zeros that it begins with.
std::string_view take_number(std::string_view &text) {
  size_t begin = 0, end;
  while (begin < text.size() && text[begin] == '0')
    begin++;
  for (end = begin; end < text.size() && is_digit(text[end]);)
    end++;
  std::string_view number = text.substr(begin, end - begin);
  text.remove_prefix(end);
  return number;
}

} // namespace

int compare_numbered(std::string_view a, std::string_view b) {
  std::string_view x = a, y = b;
  while (!x.empty() && !y.empty()) {
    if (is_digit(x[0]) && is_digit(y[0])) {
      std::string_view m = take_number(x), n = take_number(y);
      if (m.size() != n.size())
        return m.size() < n.size() ? -1 : 1;
      if (int order = m.compare(n))
        return order;
    } else if (x[0] != y[0]) {
      return static_cast<unsigned char>(x[0]) < static_cast<unsigned char>(y[0]) ? -1 : 1;
    } else {
      x.remove_prefix(1);
      y.remove_prefix(1);
    }
  }
  if (x.size() != y.size())
    return x.size() < y.size() ? -1 : 1;
  return a.compare(b); // only zeros before digits can still differ
}

} // namespace jl
