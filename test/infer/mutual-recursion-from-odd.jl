# The same functions, entered from the other side.
# RUN: %lig --dump=typed %s | FileCheck %s
ev(n) = n == 0 ? true : od(n - 1)
od(n) = n == 0 ? false : ev(n - 1)
od(4)
# CHECK-LABEL: typed od(::Int64)
# CHECK: invoke Main.ev(%{{[0-9]+}}::Int64)::Bool
# CHECK: ) => Bool
