# RUN: not %lig %s 2>&1 | FileCheck %s
function f(x::T) where T
    T = 1
end
f(1)
# CHECK: local variable name "T" conflicts with a static parameter
