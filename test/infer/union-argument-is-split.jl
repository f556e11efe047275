# A call with a union argument tests and calls each method.
# RUN: %lig --dump=typed %s | FileCheck %s
k(::Int) = 1
k(::Float64) = 2.0
k(::String) = "s"
f(v) = k(v[1])
f(Union{Int,Float64}[1])
# CHECK-LABEL: typed f(
# CHECK: Core.isa(%{{[0-9]+}}, {{Int64|Float64}})::Bool
# CHECK-NOT: Main.k
# CHECK: ) => Union{Float64, Int64}
