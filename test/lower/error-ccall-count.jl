# RUN: not %lig %s 2>&1 | FileCheck %s
ccall(:f, Int, (Int,), 1, 2)
# CHECK: more arguments than types for ccall
