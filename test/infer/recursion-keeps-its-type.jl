# A recursive function's type is the fixpoint.
# RUN: %lig --dump=typed %s | FileCheck %s
fact(n) = n < 2 ? 1 : n * fact(n - 1)
fact(5)
# CHECK-LABEL: typed fact(::Int64)
# CHECK: invoke Main.fact(%{{[0-9]+}}::Int64)::Int64
# CHECK: ) => Int64
