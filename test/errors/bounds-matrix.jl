# SPDX-License-Identifier: MIT
# What was accessed, and where.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
A = [1 2; 3 4]
A[3, 1]
# CHECK:      ERROR: LoadError: BoundsError: attempt to access 2×2 Matrix{Int64} at index [3, 1]
# CHECK-NEXT: Stacktrace:
# CHECK:       top-level scope
# CHECK-NEXT:    @ {{.*}}.jl:6
