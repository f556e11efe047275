# x::Int narrows and stays as a check.
# RUN: %lig --dump=typed %s | FileCheck %s
f(v) = v[1]::Int + 1
f(Any[1])
# CHECK-LABEL: typed f(
# CHECK: Core.typeassert(%{{[0-9]+}}, Int64)::Int64
# CHECK: Base.add_int(
# CHECK: ) => Int64
