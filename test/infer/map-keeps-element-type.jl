# map over a vector knows the result's element type.
# RUN: %lig --dump=typed %s | FileCheck %s
f(v) = map(x -> x + 0.5, v)
f([1, 2])
# CHECK-LABEL: typed f(::Vector{Int64})
# CHECK: ) => Vector{Float64}
