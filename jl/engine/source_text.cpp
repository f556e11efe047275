// SPDX-License-Identifier: MIT
#include "jl/engine/source_text.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace jl {

static int read_all(int file, std::string &text) {
  char buffer[65536];
  for (;;) {
    ssize_t n = read(file, buffer, sizeof buffer);
    if (n == 0)
      return 0;
    if (n < 0 && errno != EINTR)
      return errno;
    if (n < 0)
      continue;
    if (text.size() + size_t(n) > kMaxSourceBytes)
      return EFBIG;
    text.append(buffer, size_t(n));
  }
}

int read_source(const std::string &path, std::string &text) {
  if (path == "-")
    return read_all(STDIN_FILENO, text);
  int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0)
    return errno;
  int error = read_all(file, text);
  close(file);
  return error;
}

} // namespace jl
