// SPDX-License-Identifier: MIT
// What fused broadcasts compute, as loops: into an array that is there, into a new one, and of a matrix with
// a row and a column. The same in Julia: ../broadcasting.jl
#include "measure.h"
#include <cmath>
#include <vector>

__attribute__((noinline)) static double work(int64_t n) {
  std::vector<double> x(n), y(n), z(n);
  for (int64_t i = 0; i < n; i++)
    x[i] = double(i + 1) / double(n);
  for (int64_t k = 1; k <= 20; k++)
    for (int64_t i = 0; i < n; i++)
      y[i] += double(k) * x[i] + std::sqrt(std::fabs(x[i] - 0.5)) / (1 + x[i] * x[i]);
  for (int64_t i = 0; i < n; i++)
    z[i] = (x[i] < 1 - x[i] ? 1 - x[i] : x[i]) * (x[i] > 0.25 ? y[i] : 2 * y[i]);
  int64_t m = int64_t(std::sqrt(double(n)));
  std::vector<double> a(m * m), row(x.begin(), x.begin() + m), column(y.begin(), y.begin() + m);
  for (int64_t k = 1; k <= 20; k++)
    for (int64_t j = 0; j < m; j++)
      for (int64_t i = 0; i < m; i++)
        a[j * m + i] = a[j * m + i] * 0.5 + row[j] * column[i] - double(k);
  return y[n - 1] + z[n / 3 - 1] + a[m * m - 1] + a[m];
}

MEASURE(250000, "%.17g")
