# RUN: %lig --dump=lowered %s | FileCheck %s
"doc"
f(x) = x
# CHECK: thunk
# CHECK-NOT: doc
# CHECK: method f
