# RUN: %lig --dump=lowered %s | FileCheck %s
# An assignment inside the closure puts the variable into a box.
function f()
    n = 0
    g = () -> (n += 1)
    g()
    n
end
# CHECK: method f
# CHECK: %new(Core.Box)
# CHECK: Core.setfield!(n, :contents, 0)
# CHECK: Core.getfield(n, :contents)
