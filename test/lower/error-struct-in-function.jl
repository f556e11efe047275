# RUN: not %lig %s 2>&1 | FileCheck %s
function f()
    struct A end
end
f()
# CHECK: "struct" expression not at top level
