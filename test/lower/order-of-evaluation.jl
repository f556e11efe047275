# RUN: %lig --dump=lowered %s | FileCheck %s
# A variable read before an assignment in the same call keeps its old value.
function f(x, g)
    g(x, begin
        x = 2
    end)
end
# CHECK: method f
# CHECK: [[X:%[0-9]+]] = x
# CHECK: x = 2
# CHECK: ([[X]], %
