# !isnothing(x) and x !== nothing refine as well.
# RUN: %lig --dump=typed %s | FileCheck %s
function f(v)
    x = v[1]
    if !isnothing(x)
        return x + 1
    end
    return 0
end
f(Union{Int,Nothing}[1])
# CHECK-LABEL: typed f(
# CHECK: ) => Int64
