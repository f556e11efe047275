# Reading a variable that may be unset checks it.
# RUN: %lig --dump=typed %s | FileCheck %s
function f(x)
    if x > 0
        y = 1
    end
    return y
end
f(1)
# CHECK-LABEL: typed f(::Int64)
# CHECK: throw_undef_if_not(:y, %{{[0-9]+}})
# CHECK: ) => Core.Const(1)
