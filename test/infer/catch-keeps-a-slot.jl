# A variable assigned in a try and read in its catch stays in memory.
# RUN: %lig --dump=typed %s | FileCheck %s
function f(x)
    n = 0
    try
        n = 1
        x > 5 && error("big")
        n = 2
    catch
        return n
    end
    return n
end
f(1)
# CHECK-LABEL: typed f(::Int64)
# CHECK: slot:n = 1
# CHECK: ) => Int64
