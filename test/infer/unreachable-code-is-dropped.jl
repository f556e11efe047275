# Nothing follows a throw.
# RUN: %lig --dump=typed %s | FileCheck %s
function f(x)
    throw(ArgumentError("no"))
    return x + 1
end
try f(1) catch end
# CHECK-LABEL: typed f(::Int64)
# CHECK-NOT: add_int
# CHECK: Core.throw(
# CHECK-NEXT: ) => Union{}
