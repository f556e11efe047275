// SPDX-License-Identifier: MIT
// A try block entered millions of times, which a thousandth of the turns leave by an exception.
// The same in Julia: ../try_loop.jl
#include "measure.h"

struct TooLarge {
  int64_t value;
};

__attribute__((noinline)) static int64_t checked(int64_t x, int64_t limit) {
  if (x > limit)
    throw TooLarge{x};
  return x ^ 5;
}

__attribute__((noinline)) static int64_t work(int64_t n) {
  int64_t sum = 0, state = 42;
  for (int64_t i = 1; i <= n; i++) {
    state = (state * 1103515245 + 12345) % 2147483648;
    try {
      sum += checked(state >> 11, 1047528);
    } catch (const TooLarge &e) {
      sum -= e.value;
    }
  }
  return sum;
}

MEASURE(5000000, "%" PRId64)
