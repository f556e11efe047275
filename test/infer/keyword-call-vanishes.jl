# A call with keywords leaves no NamedTuple and no sorter.
# RUN: %lig --dump=typed %s | FileCheck %s
k(x; scale=2) = x * scale
f(x) = k(x; scale=3)
g(x) = k(x)
f(1)
g(1)
# CHECK-LABEL: typed f(::Int64)
# CHECK-NOT: invoke
# CHECK: Base.mul_int(x, 3)::Int64
# CHECK: ) => Int64
# CHECK-LABEL: typed g(::Int64)
# CHECK: Base.mul_int(x, 2)::Int64
# CHECK: ) => Int64
