# Loop variables get one type.
# RUN: %lig --dump=typed %s | FileCheck %s
function f(n)
    a, b = 0, 1
    while n > 0
        a, b = b, a + b
        n -= 1
    end
    return a
end
f(10)
# CHECK-LABEL: typed f(::Int64)
# CHECK-NOT: tuple
# CHECK-COUNT-3: φ (
# CHECK: ) => Int64
