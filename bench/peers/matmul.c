// SPDX-License-Identifier: MIT
// Matrix product in three loops, the innermost along a column.
// The same in Julia: ../matmul.jl
#include "measure.h"

static double *fill_ramp(double *m, int64_t n, double scale) {
  for (int64_t j = 0; j < n; j++)
    for (int64_t i = 0; i < n; i++)
      m[i + j * n] = scale * (double)(i - j) * (double)(i + j);
  return m;
}

__attribute__((noinline)) static void multiply(double *c, const double *a, const double *b, int64_t n) {
  for (int64_t j = 0; j < n; j++) {
    for (int64_t i = 0; i < n; i++)
      c[i + j * n] = 0.0;
    for (int64_t l = 0; l < n; l++) {
      double x = b[l + j * n];
      for (int64_t i = 0; i < n; i++)
        c[i + j * n] += a[i + l * n] * x;
    }
  }
}

static double work(int64_t n) {
  double *a = fill_ramp(calloc(n * n, sizeof(double)), n, 1.0 / n);
  double *b = fill_ramp(calloc(n * n, sizeof(double)), n, 2.0 / n);
  double *c = calloc(n * n, sizeof(double));
  multiply(c, a, b, n);
  double checksum = c[0] + c[n - 1] + c[(n - 1) * n] + c[n * n - 1];
  free(a);
  free(b);
  free(c);
  return checksum;
}

MEASURE(400, "%.17g")
