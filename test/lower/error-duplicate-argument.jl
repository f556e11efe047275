# RUN: not %lig %s 2>&1 | FileCheck %s
f(x, x) = 1
# CHECK: function argument name not unique: "x"
