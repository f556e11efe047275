# A Ref that is returned is made.
# RUN: %lig --dump=typed %s | FileCheck %s
f(x) = Ref(x)
f(1)
# CHECK-LABEL: typed f(::Int64)
# CHECK: %new(
# CHECK: ) => {{.*}}RefValue{Int64}
