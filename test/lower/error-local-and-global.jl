# RUN: not %lig %s 2>&1 | FileCheck %s
function f()
    local x
    global x
end
f()
# CHECK: variable "x" declared both local and global
