# A comprehension's element type is inferred.
# RUN: %lig --dump=typed %s | FileCheck %s
f(n) = [i * 0.5 for i in 1:n]
f(3)
# CHECK-LABEL: typed f(::Int64)
# CHECK: ) => Vector{Float64}
