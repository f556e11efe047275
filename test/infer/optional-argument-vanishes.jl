# The method with fewer arguments is inlined into its caller.
# RUN: %lig --dump=typed %s | FileCheck %s
k(x, y=10) = x + y
f(x) = k(x)
f(1)
# CHECK-LABEL: typed f(::Int64)
# CHECK-NEXT: CodeInfo(
# CHECK-NEXT: 1 ─ %1 = Base.add_int(x, 10)::Int64
