# A member without a method leaves a dispatch that throws.
# RUN: %lig --dump=typed %s | FileCheck %s
k(::Int) = 1
f(v) = k(v[1])
f(Union{Int,Nothing}[1])
# CHECK-LABEL: typed f(
# CHECK: Core.isa(
# CHECK: Main.k(nothing)::Union{}
# CHECK: ) => Core.Const(1)
