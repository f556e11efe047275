// SPDX-License-Identifier: MIT
// A loop of floats that ends when it likes: points of the Mandelbrot set.
// The same in Julia: ../mandelbrot.jl
#include "measure.h"

static int64_t escape_time(double cr, double ci, int64_t limit) {
  double zr = 0.0, zi = 0.0;
  for (int64_t step = 0; step < limit; step++) {
    double zr2 = zr * zr;
    double zi2 = zi * zi;
    if (zr2 + zi2 > 4.0)
      return step;
    zi = 2.0 * zr * zi + ci;
    zr = zr2 - zi2 + cr;
  }
  return limit;
}

__attribute__((noinline)) static int64_t work(int64_t n) {
  int64_t total = 0;
  for (int64_t row = 0; row < n; row++) {
    double ci = -1.5 + row * 3.0 / (n - 1);
    for (int64_t column = 0; column < n; column++) {
      double cr = -2.0 + column * 3.0 / (n - 1);
      total += escape_time(cr, ci, 200);
    }
  }
  return total;
}

MEASURE(600, "%" PRId64)
