# Mutual recursion, entered from one side.
# RUN: %lig --dump=typed %s | FileCheck %s
ev(n) = n == 0 ? true : od(n - 1)
od(n) = n == 0 ? false : ev(n - 1)
ev(4)
# CHECK-LABEL: typed ev(::Int64)
# CHECK: invoke Main.od(%{{[0-9]+}}::Int64)::Bool
# CHECK: ) => Bool
