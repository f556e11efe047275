# SPDX-License-Identifier: MIT
# Values that are no functions.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
x = 3
x(1)
# CHECK:      ERROR: LoadError: MethodError: objects of type Int64 are not callable
# CHECK:       [1] top-level scope
# CHECK-NEXT:    @ {{.*}}.jl:6
