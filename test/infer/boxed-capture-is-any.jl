# A captured variable that is assigned lives in a box of any type.
# RUN: %lig --dump=typed %s | FileCheck %s
function f(n)
    s = 0
    add(x) = (s += x; nothing)
    for i in 1:n
        add(i)
    end
    return s
end
f(3)
# CHECK-LABEL: typed f(::Int64)
# CHECK: ) => Any
