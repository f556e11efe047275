# RUN: not %lig %s 2>&1 | FileCheck %s
ccall(:f, Int, (Int,), 1, 2)
# CHECK: ccall has 2 arguments for 1 types
