# SPDX-License-Identifier: MIT
# What was accessed, and where.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
a, b, c = (1, 2)
# CHECK:      ERROR: LoadError: BoundsError: attempt to access Tuple{Int64, Int64} at index [3]
# CHECK-NEXT: Stacktrace:
# CHECK:       top-level scope
