// SPDX-License-Identifier: MIT
// Compare and swap: n numbers of a linear congruential generator, sorted in place.
// The same in Julia: ../quicksort.jl
#include "measure.h"

__attribute__((noinline)) static void quicksort(int64_t *v, int64_t lo, int64_t hi) {
  while (lo < hi) {
    int64_t pivot = v[(uint64_t)(lo + hi) >> 1];
    int64_t i = lo;
    int64_t j = hi;
    while (i <= j) {
      while (v[i] < pivot)
        i++;
      while (pivot < v[j])
        j--;
      if (i <= j) {
        int64_t x = v[i];
        v[i] = v[j];
        v[j] = x;
        i++;
        j--;
      }
    }
    if (j - lo < hi - i) {
      quicksort(v, lo, j);
      lo = i;
    } else {
      quicksort(v, i, hi);
      hi = j;
    }
  }
}

static int64_t work(int64_t n) {
  int64_t *v = calloc(n, sizeof(int64_t));
  int64_t state = 42;
  for (int64_t i = 0; i < n; i++) {
    state = (state * 1103515245 + 12345) % 2147483648;
    v[i] = state;
  }
  quicksort(v, 0, n - 1);
  uint64_t checksum = 0; // unsigned, so that it may wrap around
  for (int64_t i = 0; i < n; i++)
    checksum = checksum * 31 + v[i];
  free(v);
  return (int64_t)checksum;
}

MEASURE(1000000, "%" PRId64)
