# RUN: not %lig %s 2>&1 | FileCheck %s
f(a..., b) = 1
# CHECK: invalid "..." on non-final argument
