# The test may be kept in a variable first.
# RUN: %lig --dump=typed %s | FileCheck %s
function f(v)
    x = v[1]
    ok = x isa Int
    if ok
        return x + 1
    end
    return 0
end
f(Any[1])
# CHECK-LABEL: typed f(
# CHECK: Base.add_int(
# CHECK: ) => Int64
