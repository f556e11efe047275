// SPDX-License-Identifier: MIT
// Strided stores into a vector of Bool: the primes up to n.
// The same in Julia: ../sieve.jl
#include "measure.h"
#include <stdbool.h>
#include <string.h>

__attribute__((noinline)) static int64_t work(int64_t n) {
  bool *is_prime = malloc(n + 1);
  memset(is_prime, true, n + 1);
  is_prime[1] = false;
  for (int64_t i = 2; i * i <= n; i++)
    if (is_prime[i])
      for (int64_t multiple = i * i; multiple <= n; multiple += i)
        is_prime[multiple] = false;
  int64_t count = 0;
  for (int64_t k = 1; k <= n; k++)
    count += is_prime[k];
  free(is_prime);
  return count;
}

MEASURE(20000000, "%" PRId64)
