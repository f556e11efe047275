# RUN: not %lig %s 2>&1 | FileCheck %s
[x for x in 1:3 if return 1]
# CHECK: "return" not allowed inside comprehension or generator
