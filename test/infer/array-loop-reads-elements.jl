# A for loop over a vector reads its memory.
# RUN: %lig --dump=typed %s | FileCheck %s
function f(v)
    s = 0.0
    for x in v
        s += x
    end
    return s
end
f([1.0, 2.0])
# CHECK-LABEL: typed f(::Vector{Float64})
# CHECK-NOT: tuple(
# CHECK: Core.memoryrefget(
# CHECK: Base.add_float(
# CHECK: ) => Float64
