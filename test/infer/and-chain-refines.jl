# Both sides of && are known inside.
# RUN: %lig --dump=typed %s | FileCheck %s
function f(v, w)
    x = v[1]; y = w[1]
    if x !== nothing && y !== nothing
        return x + y
    end
    return 0
end
f(Union{Int,Nothing}[1], Union{Int,Nothing}[2])
# CHECK-LABEL: typed f(
# CHECK: Base.add_int(
# CHECK: ) => Int64
