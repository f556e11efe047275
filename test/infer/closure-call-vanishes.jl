# Calling a closure that was made here leaves its body.
# RUN: %lig --dump=typed %s | FileCheck %s
function f(x)
    add(y) = x + y
    return add(1) + add(2)
end
f(1)
# CHECK-LABEL: typed f(::Int64)
# CHECK-NOT: new
# CHECK-NOT: invoke
# CHECK: Base.add_int(x, 1)::Int64
# CHECK: ) => Int64
