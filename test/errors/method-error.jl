# SPDX-License-Identifier: MIT
# Candidates come nearest first; arguments that do not fit are marked.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
area(x::Int, y::Int) = x * y
area(x::Float64) = x
area("a", 1)
# CHECK:      ERROR: LoadError: MethodError: no method matching area(::String, ::Int64)
# CHECK-NEXT: The function `area` exists, but no method is defined for this combination of argument types.
# CHECK-EMPTY:
# CHECK-NEXT: Closest candidates are:
# CHECK-NEXT:   area(!Matched::Int64, ::Int64)
# CHECK-NEXT:    @ Main {{.*}}.jl:5
# CHECK-NEXT:   area(!Matched::Float64)
# CHECK-NEXT:    @ Main {{.*}}.jl:6
# CHECK-EMPTY:
# CHECK-NEXT: Stacktrace:
# CHECK-NEXT:  [1] top-level scope
# CHECK-NEXT:    @ {{.*}}.jl:7
