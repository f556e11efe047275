// SPDX-License-Identifier: MIT
// Floats computed on the fly: the power method on an endless matrix cut to n by n.
// The same in Julia: ../spectral_norm.jl
#include "measure.h"
#include <math.h>

static double element(int64_t i, int64_t j) {
  return 1.0 / (double)((i + j) * (i + j + 1) / 2 + i + 1);
}

__attribute__((noinline)) static void multiply(double *out, const double *v, int64_t n) {
  for (int64_t i = 0; i < n; i++) {
    double total = 0.0;
    for (int64_t j = 0; j < n; j++)
      total += element(i, j) * v[j];
    out[i] = total;
  }
}

__attribute__((noinline)) static void multiply_transposed(double *out, const double *v, int64_t n) {
  for (int64_t i = 0; i < n; i++) {
    double total = 0.0;
    for (int64_t j = 0; j < n; j++)
      total += element(j, i) * v[j];
    out[i] = total;
  }
}

static void multiply_both(double *out, const double *v, double *scratch, int64_t n) {
  multiply(scratch, v, n);
  multiply_transposed(out, scratch, n);
}

static double dot_product(const double *a, const double *b, int64_t n) {
  double total = 0.0;
  for (int64_t i = 0; i < n; i++)
    total += a[i] * b[i];
  return total;
}

static double work(int64_t n) {
  double *u = calloc(n, sizeof(double));
  double *v = calloc(n, sizeof(double));
  double *scratch = calloc(n, sizeof(double));
  for (int64_t i = 0; i < n; i++)
    u[i] = 1.0;
  for (int64_t k = 0; k < 10; k++) {
    multiply_both(v, u, scratch, n);
    multiply_both(u, v, scratch, n);
  }
  double norm = sqrt(dot_product(u, v, n) / dot_product(v, v, n));
  free(u);
  free(v);
  free(scratch);
  return norm;
}

MEASURE(700, "%.17g")
