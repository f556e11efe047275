# RUN: %lig --dump=lowered %s | FileCheck %s
# A variable of the function that a loop assigns again after capture lives in a box.
function f()
    local x
    fs = []
    for i in 1:3
        x = i
        push!(fs, () -> x)
    end
    fs
end
# CHECK: method f
# CHECK: %new(Core.Box)
# CHECK: Core.setfield!(x, :contents
