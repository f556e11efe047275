// SPDX-License-Identifier: MIT
// Recursion and integer arithmetic: the n-th Fibonacci number the slow way.
// The same in Julia: ../fib.jl
#include "measure.h"

__attribute__((noinline)) static int64_t fib(int64_t n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

static int64_t work(int64_t n) {
  return fib(n);
}

MEASURE(35, "%" PRId64)
