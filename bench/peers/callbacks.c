// SPDX-License-Identifier: MIT
// qsort with an order that it calls back for.
// The same in Julia: ../callbacks.jl
#include "measure.h"

static int larger(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return x < y ? -1 : x > y ? 1 : 0;
}

__attribute__((noinline)) static int64_t work(int64_t n) {
  int64_t *values = malloc(n * sizeof *values);
  for (int64_t i = 1; i <= n; i++)
    values[i - 1] = (i * 7919) % 1000003;
  qsort(values, n, sizeof *values, larger);
  int64_t middle = values[n / 2 - 1];
  free(values);
  return middle;
}

MEASURE(500000, "%" PRId64)
