# RUN: not %lig %s 2>&1 | FileCheck %s
f(a=1, b) = 1
# CHECK: optional positional arguments must occur at end
