# RUN: not %lig %s 2>&1 | FileCheck %s
1 = 2
# CHECK: invalid assignment location "1"
