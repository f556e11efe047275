// SPDX-License-Identifier: MIT
//
// For tests: while one of these lives, no thread can be started in this process.
#pragma once

#include <pthread.h>

#include <cstddef>

namespace ligature {

class NoThreads {
public:
  NoThreads() {
    pthread_getattr_default_np(&before_);
    pthread_attr_t impossible = before_;
    pthread_attr_setstacksize(&impossible, size_t{1} << 47); // as much as there are addresses
    pthread_setattr_default_np(&impossible);
  }
  ~NoThreads() { pthread_setattr_default_np(&before_); }
  NoThreads(const NoThreads &) = delete;
  NoThreads &operator=(const NoThreads &) = delete;

private:
  pthread_attr_t before_;
};

} // namespace ligature
