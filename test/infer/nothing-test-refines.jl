# x === nothing leaves the other member.
# RUN: %lig --dump=typed %s | FileCheck %s
@noinline f(x) = x === nothing ? 0 : x + 1
for x in Any[1, nothing]; f(x); end
g(v, i) = f(v[i])
g(Union{Int,Nothing}[1, nothing], 1)
# CHECK-LABEL: typed g(
# CHECK: ) => Int64
