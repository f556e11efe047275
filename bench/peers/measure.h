// SPDX-License-Identifier: MIT
// What every peer in C and C++ does around its work(n), exactly as the Julia programs do it:
// one call to warm up, then the best of five, each timed by itself.
#pragma once
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#ifdef __cplusplus
#define __auto_type auto
#endif

static int64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

/// Defines main(): `work` with the size of the first argument or `DEFAULT_SIZE`, the result printed with
/// `FORMAT`. The size is read anew each time, so that no call can be taken for the one before.
#define MEASURE(DEFAULT_SIZE, FORMAT)                                                                        \
  int main(int argc, char **argv) {                                                                          \
    volatile int64_t size = argc > 1 ? atoll(argv[1]) : DEFAULT_SIZE;                                        \
    __auto_type checksum = work(size);                                                                       \
    int64_t best = INT64_MAX;                                                                                \
    for (int i = 0; i < 5; i++) {                                                                            \
      int64_t start = now_ns();                                                                              \
      checksum = work(size);                                                                                 \
      int64_t taken = now_ns() - start;                                                                      \
      best = taken < best ? taken : best;                                                                    \
    }                                                                                                        \
    printf("checksum " FORMAT "\n", checksum);                                                               \
    printf("best_ns %" PRId64 "\n", best);                                                                   \
    return 0;                                                                                                \
  }
