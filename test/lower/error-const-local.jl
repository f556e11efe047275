# RUN: not %lig %s 2>&1 | FileCheck %s
function f()
    const x = 1
end
f()
# CHECK: unsupported `const` declaration on local variable
