# A variable that changes type is a small union.
# RUN: %lig --dump=typed %s | FileCheck %s
function f(n)
    s = 0
    for i in 1:n
        s += 0.5
    end
    return s
end
f(3)
# CHECK-LABEL: typed f(::Int64)
# CHECK: ) => Union{Float64, Int64}
