# Other variables stay values.
# RUN: %lig --dump=typed %s | FileCheck %s
function f(x)
    y = x + 1
    try
        y > 5 && error("big")
    catch
        return y
    end
    return -y
end
f(1)
# CHECK-LABEL: typed f(::Int64)
# CHECK-NOT: slot:
# CHECK: ) => Int64
