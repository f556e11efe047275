# SPDX-License-Identifier: MIT
# Parameters that got no argument are marked; a vararg needs none.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
f(x, y, rest...) = x
f(1)
# CHECK:      MethodError: no method matching f(::Int64)
# CHECK:      Closest candidates are:
# CHECK-NEXT:   f(::Any, !Matched::Any, !Matched::Any...)
# CHECK-NEXT:    @ Main {{.*}}.jl:5
