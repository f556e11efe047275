# Behind isa each branch knows its member of the union.
# RUN: %lig --dump=typed %s | FileCheck %s
f(x::Union{Int,Nothing}) = x isa Int ? x + 1 : 0
@noinline g(v, i) = f(v[i])
g(Union{Int,Nothing}[1, nothing], 1)
# CHECK-LABEL: typed g(
# CHECK: Core.isa(%{{[0-9]+}}, {{Int64|Nothing}})::Bool
# CHECK: π (%{{[0-9]+}}, Int64)
# CHECK: Base.add_int(%{{[0-9]+}}, 1)::Int64
# CHECK: ) => Int64
