# An immutable struct that does not escape is never made.
# RUN: %lig --dump=typed %s | FileCheck %s
struct P; x::Int; y::Int; end
f(a, b) = (p = P(a, b); p.x * p.y)
f(1, 2)
# CHECK-LABEL: typed f(::Int64, ::Int64)
# CHECK-NOT: new
# CHECK: Base.mul_int(a, b)::Int64
# CHECK: ) => Int64
