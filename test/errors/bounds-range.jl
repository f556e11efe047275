# SPDX-License-Identifier: MIT
# What was accessed, and where.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
pick(r) = r[5]
pick(1:3)
# CHECK:      ERROR: LoadError: BoundsError: attempt to access 3-element UnitRange{Int64} at index [5]
# CHECK-NEXT: Stacktrace:
# CHECK:      {{\]}} pick(r::UnitRange{Int64})
# CHECK-NEXT:    @ Main {{.*}}.jl:5
