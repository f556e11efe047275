# RUN: not %lig %s 2>&1 | FileCheck %s
function f(x)
    local x
end
f(1)
# CHECK: local variable name "x" conflicts with an argument
