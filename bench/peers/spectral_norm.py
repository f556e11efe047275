# SPDX-License-Identifier: MIT
# The largest singular value of an infinite matrix. The same in Julia: ../spectral_norm.jl
import math

import numpy as np
from numba import njit

from measure import measure


@njit(cache=True)
def element(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


@njit(cache=True)
def multiply(out, v):
    n = len(v)
    for i in range(n):
        total = 0.0
        for j in range(n):
            total += element(i, j) * v[j]
        out[i] = total


@njit(cache=True)
def multiply_transposed(out, v):
    n = len(v)
    for i in range(n):
        total = 0.0
        for j in range(n):
            total += element(j, i) * v[j]
        out[i] = total


@njit(cache=True)
def dot_product(a, b):
    total = 0.0
    for i in range(len(a)):
        total += a[i] * b[i]
    return total


def multiply_both(out, v, scratch):
    multiply(scratch, v)
    multiply_transposed(out, scratch)


def work(n):
    u, v, scratch = np.ones(n), np.zeros(n), np.zeros(n)
    for _ in range(10):
        multiply_both(v, u, scratch)
        multiply_both(u, v, scratch)
    return math.sqrt(dot_product(u, v) / dot_product(v, v))


measure(work, 700)
