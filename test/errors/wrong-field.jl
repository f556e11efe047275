# SPDX-License-Identifier: MIT
# Reading and writing a field that the type does not have.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
mutable struct P
    x::Int
    y::Int
end
getz(p) = p.z
try
    P(1, 2).w = 3
catch e
    showerror(stdout, e)
    println()
end
getz(P(1, 2))
# CHECK:      FieldError: type P has no field `w`, available fields: `x`, `y`
# CHECK-NEXT: ERROR: LoadError: FieldError: type P has no field `z`, available fields: `x`, `y`
# CHECK:       getz(p::P)
# CHECK-NEXT:    @ Main {{.*}}.jl:9
