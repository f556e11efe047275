// SPDX-License-Identifier: MIT
#include "jl/runtime/io.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <poll.h>
#include <unistd.h>

namespace jl {

namespace {

constexpr size_t kBufferBytes = 64 * 1024;

/// Writes all of it past any buffer; 0 or errno.
int write_through(int fd, const char *p, size_t n) {
  while (n > 0) {
    ssize_t written = write(fd, p, n);
    if (written >= 0) {
      p += written;
      n -= size_t(written);
    } else if (errno == EAGAIN) {
      pollfd ready = {fd, POLLOUT, 0};
      poll(&ready, 1, -1);
    } else if (errno != EINTR) {
      return errno;
    }
  }
  return 0;
}

/// Standard output. Never destroyed, so that output from static destructors still comes out.
struct OutputBuffer {
  std::mutex mutex;
  size_t used = 0;
  bool by_line = isatty(1);
  char bytes[kBufferBytes];

  OutputBuffer() {
    atexit([] { flush_output(); });
  }

  int flush_locked() {
    size_t n = used;
    used = 0;
    return write_through(1, bytes, n);
  }

  int append_locked(std::string_view text) {
    if (used + text.size() > kBufferBytes)
      if (int error = flush_locked())
        return error;
    if (text.size() > kBufferBytes)
      return write_through(1, text.data(), text.size());
    memcpy(bytes + used, text.data(), text.size());
    used += text.size();
    return by_line && memchr(text.data(), '\n', text.size()) ? flush_locked() : 0;
  }
};

OutputBuffer &output() {
  static OutputBuffer *buffer = new OutputBuffer;
  return *buffer;
}

} // namespace

int write_fd(int fd, std::string_view text) {
  if (fd == 1) {
    std::lock_guard lock(output().mutex);
    return output().append_locked(text);
  }
  if (fd == 2)
    flush_output();
  return write_through(fd, text.data(), text.size());
}

int flush_output() {
  std::lock_guard lock(output().mutex);
  return output().flush_locked();
}

void flush_output_in_emergency() {
  bool locked = output().mutex.try_lock();
  output().flush_locked();
  if (locked)
    output().mutex.unlock();
}

} // namespace jl
