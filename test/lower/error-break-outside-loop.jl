# RUN: not %lig %s 2>&1 | FileCheck %s
f() = break
f()
# CHECK: break or continue outside loop
