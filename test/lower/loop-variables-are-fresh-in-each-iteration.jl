# RUN: %lig --dump=lowered %s | FileCheck %s
# Closures of different iterations share no variable.
function f()
    fs = []
    for i in 1:3
        push!(fs, () -> i)
    end
    fs
end
# CHECK: method f
# CHECK-NOT: Box
# CHECK: i = Core.getfield(
# CHECK: Core._typeof_captured_variable(i)
