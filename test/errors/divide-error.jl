# SPDX-License-Identifier: MIT
# The machine traps or the check throws; the user sees the same.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
f(a, b) = div(a, b)
function g(a, b)
    return a % b
end
try
    g(1, 0)
catch e
    println(e)
end
f(1, 0)
# CHECK:      DivideError()
# CHECK-NEXT: ERROR: LoadError: DivideError: integer division error
# CHECK-NEXT: Stacktrace:
# CHECK:       f(a::Int64, b::Int64)
# CHECK-NEXT:    @ Main {{.*}}.jl:5
