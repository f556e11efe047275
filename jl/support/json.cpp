// SPDX-License-Identifier: MIT
#include "jl/support/json.h"

#include <cstdio>

namespace jl {

std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (unsigned char c : text)
    if (c == '"' || c == '\\')
      out += {'\\', char(c)};
    else if (c < 0x20) {
      char code[8];
      std::snprintf(code, sizeof code, "\\u%04x", c);
      out += code;
    } else
      out += char(c);
  return out + "\"";
}

} // namespace jl
