# RUN: not %lig %s 2>&1 | FileCheck %s
function f(x)
    g(y::x) = 1
    g
end
f(1)
# CHECK: local variable "x" cannot be used in closure declaration
