# A generator in sum leaves no closure calls by dispatch.
# RUN: %lig --dump=typed %s | FileCheck %s
f(n) = sum(i * i for i in 1:n)
f(3)
# CHECK-LABEL: typed f(::Int64)
# CHECK: ) => Int64
