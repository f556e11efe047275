# Inside @inbounds the bounds check of getindex is gone.
# RUN: %lig --dump=typed %s | FileCheck %s
f(v, i) = @inbounds v[i]
f([1.0, 2.0], 1)
# CHECK-LABEL: typed f(::Vector{Float64}, ::Int64)
# CHECK-NOT: throw
# CHECK-NOT: goto
# CHECK: Core.memoryrefget(
# CHECK: ) => Float64
