# Past an early return on || both are known.
# RUN: %lig --dump=typed %s | FileCheck %s
function f(v, w)
    x = v[1]; y = w[1]
    (x === nothing || y === nothing) && return 0
    return x + y
end
f(Union{Int,Nothing}[1], Union{Int,Nothing}[2])
# CHECK-LABEL: typed f(
# CHECK: Base.add_int(
# CHECK: ) => Int64
