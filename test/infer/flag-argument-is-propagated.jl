# A constant Bool argument chooses the branch in the callee.
# RUN: %lig --dump=typed %s | FileCheck %s
k(x, flag) = flag ? x + 1 : string(x)
f(x) = k(x, true)
f(1)
# CHECK-LABEL: typed f(::Int64)
# CHECK: Base.add_int(x, 1)::Int64
# CHECK: ) => Int64
