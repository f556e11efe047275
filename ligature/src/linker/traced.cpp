// SPDX-License-Identifier: MIT
#include "linker/traced.h"

#include <fstream>
#include <string>
#include <string_view>

namespace ligature {

bool is_traced() {
  constexpr std::string_view kField = "TracerPid:\t";
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(kField))
      return line.substr(kField.size()) != "0";
  return false;
}

} // namespace ligature
