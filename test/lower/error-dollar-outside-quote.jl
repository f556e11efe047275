# RUN: not %lig %s 2>&1 | FileCheck %s
x = 1
$x
# CHECK: "$" expression outside quote
