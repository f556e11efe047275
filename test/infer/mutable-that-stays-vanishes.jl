# A Ref that does not escape becomes a value.
# RUN: %lig --dump=typed %s | FileCheck %s
function f(x)
    r = Ref(x)
    r[] = r[] + 1
    return r[]
end
f(1)
# CHECK-LABEL: typed f(::Int64)
# CHECK-NOT: new
# CHECK: Base.add_int(x, 1)::Int64
# CHECK: ) => Int64
