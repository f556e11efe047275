# A small wrapper costs nothing.
# RUN: %lig --dump=typed %s | FileCheck %s
f(x) = x + 1
f(1)
# CHECK-LABEL: typed f(::Int64)
# CHECK: %1 = Base.add_int(x, 1)::Int64
# CHECK-NEXT: return %1
# CHECK-NEXT: ) => Int64
