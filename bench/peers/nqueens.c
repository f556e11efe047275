// SPDX-License-Identifier: MIT
// Recursion over bit masks: all ways to place n queens.
// The same in Julia: ../nqueens.jl
#include "measure.h"

__attribute__((noinline)) static int64_t place(int64_t all, int64_t columns, int64_t left, int64_t right) {
  if (columns == all)
    return 1;
  int64_t ways = 0;
  int64_t free = all & ~(columns | left | right);
  while (free != 0) {
    int64_t bit = free & -free;
    free ^= bit;
    ways += place(all, columns | bit, ((left | bit) << 1) & all, (right | bit) >> 1);
  }
  return ways;
}

static int64_t work(int64_t n) {
  return place(((int64_t)1 << n) - 1, 0, 0, 0);
}

MEASURE(13, "%" PRId64)
