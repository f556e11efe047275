# Two loops, one inside the other.
# RUN: %lig --dump=typed %s | FileCheck %s
function f(n)
    s = 0
    for i in 1:n, j in i:n
        s += j
    end
    return s
end
f(10)
# CHECK-LABEL: typed f(::Int64)
# CHECK-NOT: tuple
# CHECK-NOT: invoke
# CHECK-NOT: Union
# CHECK: ) => Int64
