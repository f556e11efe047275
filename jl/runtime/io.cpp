// SPDX-License-Identifier: MIT
#include "jl/runtime/io.h"

#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <poll.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <utility>

namespace jl {

namespace {

constexpr size_t kBufferBytes = 64 * 1024;
/// How long output may wait for more: nobody notices, and a program that computes for long shows what it has
/// printed.
constexpr auto kPatience = std::chrono::milliseconds(20);

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
  std::condition_variable filled; // for the flusher
  bool has_flusher = false;
  int error = 0; // of the flusher: told to whoever writes next
  size_t used = 0;
  bool by_line = isatty(1);
  char bytes[kBufferBytes];

  OutputBuffer() {
    atexit([] { flush_output(); });
  }

  int flush_locked() {
    size_t n = used;
    used = 0;
    if (int earlier = std::exchange(error, 0))
      return earlier;
    return write_through(1, bytes, n);
  }

  /// Writes what has waited for long enough. A thread of its own, which no signal reaches.
  void flush_now_and_then() {
    std::unique_lock lock(mutex);
    for (;;) {
      filled.wait(lock, [&] { return used > 0; });
      lock.unlock();
      std::this_thread::sleep_for(kPatience);
      lock.lock();
      error = flush_locked();
    }
  }

  void start_flusher_locked() {
    has_flusher = true;
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    try {
      std::thread([this] { flush_now_and_then(); }).detach();
    } catch (const std::system_error &) {
      // No thread to be had: output appears when the buffer is full or is flushed.
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
  }

  int append_locked(std::string_view text) {
    if (used + text.size() > kBufferBytes)
      if (int error = flush_locked())
        return error;
    if (text.size() > kBufferBytes)
      return write_through(1, text.data(), text.size());
    memcpy(bytes + used, text.data(), text.size());
    bool was_empty = used == 0;
    used += text.size();
    if (by_line)
      return memchr(text.data(), '\n', text.size()) ? flush_locked() : 0;
    if (!has_flusher)
      start_flusher_locked();
    if (was_empty)
      filled.notify_one();
    return 0;
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
