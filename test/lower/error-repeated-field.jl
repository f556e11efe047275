# RUN: not %lig %s 2>&1 | FileCheck %s
struct A
    x
    x
end
# CHECK: duplicate field name: "x"
