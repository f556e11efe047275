# SPDX-License-Identifier: MIT
# What was accessed, and where.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
g(t, i) = t[i]
g((1, 2), 3)
# CHECK:      ERROR: LoadError: BoundsError: attempt to access Tuple{Int64, Int64} at index [3]
# CHECK-NEXT: Stacktrace:
# CHECK:       g(t::Tuple{Int64, Int64}, i::Int64)
# CHECK-NEXT:    @ Main {{.*}}.jl:5
