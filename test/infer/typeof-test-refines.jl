# typeof(x) === T is a test like isa.
# RUN: %lig --dump=typed %s | FileCheck %s
function f(v)
    x = v[1]
    typeof(x) === Int && return x + 1
    return 0
end
f(Any[1])
# CHECK-LABEL: typed f(
# CHECK: π (%{{[0-9]+}}, Int64)
# CHECK: Base.add_int(
# CHECK: ) => Int64
