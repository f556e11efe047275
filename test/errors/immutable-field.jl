# SPDX-License-Identifier: MIT
# Fields of immutable structs stay as they are.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
struct P
    x::Int
end
function f(p)
    p.x = 2
end
f(P(1))
# CHECK:      ERROR: LoadError: setfield!: immutable struct of type P cannot be changed
# CHECK:       f(p::P)
# CHECK-NEXT:    @ Main {{.*}}.jl:9
