# SPDX-License-Identifier: MIT
# What was accessed, and where.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
s = "abc"
s[5]
# CHECK:      ERROR: LoadError: BoundsError: attempt to access 3-codeunit String at index [5]
# CHECK-NEXT: Stacktrace:
# CHECK:       top-level scope
# CHECK-NEXT:    @ {{.*}}.jl:6
