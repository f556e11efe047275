# A caller is inferred anew when its callee is redefined.
# RUN: %lig --dump=typed %s | FileCheck %s
g(x) = x + 1
f(x) = g(x)
f(1)
g(x) = x + 2.0
f(1)
# CHECK-LABEL: typed f(::Int64)
# CHECK: ) => Int64
# CHECK-LABEL: typed f(::Int64)
# CHECK: ) => Float64
