# SPDX-License-Identifier: MIT
"""The same loop as measure.h, around a work(n) that Numba compiles."""
import sys
import time


def measure(work, default_size):
    size = int(sys.argv[1]) if len(sys.argv) > 1 else default_size
    checksum = work(size)
    best = None
    for _ in range(5):
        start = time.perf_counter_ns()
        checksum = work(size)
        taken = time.perf_counter_ns() - start
        best = taken if best is None else min(best, taken)
    print("checksum", checksum)
    print("best_ns", best)
