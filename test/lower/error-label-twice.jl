# RUN: not %lig %s 2>&1 | FileCheck %s
function f()
    @label a
    @label a
end
f()
# CHECK: label "a" defined multiple times
