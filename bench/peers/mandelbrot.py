# SPDX-License-Identifier: MIT
# Escape times of a grid of points. The same in Julia: ../mandelbrot.jl
from numba import njit

from measure import measure


@njit(cache=True)
def escape_time(cr, ci, limit):
    zr = zi = 0.0
    for step in range(limit):
        zr2 = zr * zr
        zi2 = zi * zi
        if zr2 + zi2 > 4.0:
            return step
        zi = 2.0 * zr * zi + ci
        zr = zr2 - zi2 + cr
    return limit


@njit(cache=True)
def work(n):
    total = 0
    for row in range(n):
        ci = -1.5 + row * 3.0 / (n - 1)
        for column in range(n):
            cr = -2.0 + column * 3.0 / (n - 1)
            total += escape_time(cr, ci, 200)
    return total


measure(work, 600)
