# @inline raises the limit.
# RUN: %lig --dump=typed %s | FileCheck %s
@inline function g(x)
    x = x * x + 1; x = x * x + 2; x = x * x + 3; x = x * x + 4
    return x
end
f(x) = g(x) + g(x + 1)
f(1)
# CHECK-LABEL: typed f(::Int64)
# CHECK-NOT: invoke
# CHECK: ) => Int64
