// SPDX-License-Identifier: MIT
#include "base/fatal.h"

#include <cstdarg>
#include <cstdio>
#include <cstdlib>

namespace ligature {

void fatal(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  std::fputs("ligature: ", stderr);
  std::vfprintf(stderr, format, arguments);
  std::fputc('\n', stderr);
  va_end(arguments);
  std::abort();
}

} // namespace ligature
