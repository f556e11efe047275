# RUN: %lig --dump=lowered %s | FileCheck %s
# `for outer i` makes no new variable.
function f()
    i = 0
    for outer i in 1:3
    end
    i
end
# CHECK: method f
# CHECK: i = 0
# CHECK: i = Core.getfield(
# CHECK: return i
