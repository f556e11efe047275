# Two values taken out of tuples in one pass are compared with each other, not with what was erased.
# RUN: %lig --dump=typed %s | FileCheck %s
function f(a, b)
    for (x, y) in zip(a, b)
        x === y || return false
    end
    return true
end
println(f([:a, :b], [:a, :b]))
# CHECK-LABEL: typed f(::Vector{Symbol}, ::Vector{Symbol})
# CHECK: Core.===(%{{[0-9]+}}, %{{[0-9]+}})::Bool
# CHECK: ) => Bool
# CHECK: {{^}}true
