# All methods that may be reached are joined.
# RUN: %lig --dump=typed %s | FileCheck %s
k(::Int) = 1
k(::Float64) = 2.0
k(::Any) = 3
f(v) = k(v[1])
f(Any[1])
# CHECK-LABEL: typed f(
# CHECK: ) => Union{Float64, Int64}
