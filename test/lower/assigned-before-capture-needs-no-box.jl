# RUN: %lig --dump=lowered %s | FileCheck %s
# Several assignments are fine as long as all come before.
function f(c)
    n = 0
    if c
        n = 1
    end
    () -> n
end
# CHECK: method f
# CHECK-NOT: Box
# CHECK: Core._typeof_captured_variable(n)
# CHECK: %new(
