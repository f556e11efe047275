# Promotion of literals vanishes: one conversion and one float operation are left.
# RUN: %lig --dump=typed %s | FileCheck %s
f(x) = x + 2.0
f(1)
# CHECK-LABEL: typed f(::Int64)
# CHECK: Base.sitofp(Float64, x)::Float64
# CHECK-NEXT: Base.add_float(%1, 2.0)::Float64
# CHECK-NEXT: return %2
# CHECK-NEXT: ) => Float64
