# RUN: not %lig %s 2>&1 | FileCheck %s
f(; a) = a
f(a=1, a=2)
# CHECK: keyword argument "a" repeated in call
