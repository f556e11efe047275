# SPDX-License-Identifier: MIT
# A product of square matrices, columns first. The same in Julia: ../matmul.jl
import numpy as np
from numba import njit

from measure import measure


@njit(cache=True)
def fill_ramp(M, scale):
    n = M.shape[0]
    for j in range(n):
        for i in range(n):
            M[i, j] = scale * (i - j) * (i + j)


@njit(cache=True)
def multiply(C, A, B):
    n = A.shape[0]
    for j in range(n):
        for i in range(n):
            C[i, j] = 0.0
        for l in range(n):
            b = B[l, j]
            for i in range(n):
                C[i, j] += A[i, l] * b


def square(n):
    return np.zeros((n, n), order="F")


def work(n):
    A, B, C = square(n), square(n), square(n)
    fill_ramp(A, 1.0 / n)
    fill_ramp(B, 2.0 / n)
    multiply(C, A, B)
    return C[0, 0] + C[n - 1, 0] + C[0, n - 1] + C[n - 1, n - 1]


measure(work, 400)
