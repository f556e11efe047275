// SPDX-License-Identifier: MIT
// The library's sort of a million floats in no order.
// The same in Julia: ../sort_floats.jl
#include "measure.h"
#include <algorithm>
#include <vector>

__attribute__((noinline)) static double work(int64_t n) {
  int64_t state = 42;
  std::vector<double> v(n);
  for (double &x : v) {
    state = (state * 1103515245 + 12345) % 2147483648;
    x = double(state) / 2147483648 - 0.5;
  }
  std::sort(v.begin(), v.end());
  double sum = 0.0;
  for (int64_t i = 0; i < n; i += 1000)
    sum += v[i];
  return sum;
}

MEASURE(1000000, "%.17g")
