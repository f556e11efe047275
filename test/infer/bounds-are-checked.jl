# Without @inbounds the check stays.
# RUN: %lig --dump=typed %s | FileCheck %s
f(v, i) = v[i]
f([1.0, 2.0], 1)
# CHECK-LABEL: typed f(::Vector{Float64}, ::Int64)
# CHECK: goto #{{[0-9]+}} if not
# CHECK: Core.memoryrefget(
# CHECK: ) => Float64
