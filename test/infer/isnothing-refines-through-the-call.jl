# A test inside a function refines the caller's variable.
# RUN: %lig --dump=typed %s | FileCheck %s
function f(v)
    x = v[1]
    isnothing(x) && return 0
    return x + 1
end
f(Union{Int,Nothing}[1])
# CHECK-LABEL: typed f(
# CHECK: π (%{{[0-9]+}}, Int64)
# CHECK: ) => Int64
