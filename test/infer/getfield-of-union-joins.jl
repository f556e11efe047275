# A field of a union of structs is the join of both fields.
# RUN: %lig --dump=typed %s | FileCheck %s
struct A; x::Int; end
struct B; x::Float64; end
f(v) = v[1].x
f(Union{A,B}[A(1)])
# CHECK-LABEL: typed f(
# CHECK: ) => Union{Float64, Int64}
