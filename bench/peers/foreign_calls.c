// SPDX-License-Identifier: MIT
// Calls of the C library in a loop, with numbers and with structs by value.
// The same in Julia: ../foreign_calls.jl
#include "measure.h"

// Not with instructions of the compiler's own in the place of labs.
__attribute__((noinline, no_builtin)) static int64_t work(int64_t n) {
  int64_t total = 0;
  for (int64_t i = 1; i <= n; i++) {
    total += labs(-i);
    ldiv_t d = ldiv(i, 7);
    total += d.quot - d.rem;
  }
  return total;
}

MEASURE(10000000, "%" PRId64)
