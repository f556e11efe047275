# RUN: not %lig %s 2>&1 | FileCheck %s
function f()
    @goto a
end
f()
# CHECK: label "a" referenced but not defined
