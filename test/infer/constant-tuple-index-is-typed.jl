# A constant index picks the type of one element.
# RUN: %lig --dump=typed %s | FileCheck %s
f(x) = (x, 2.5, "s")[2]
f(1)
# CHECK-LABEL: typed f(::Int64)
# CHECK-NEXT: CodeInfo(
# CHECK-NEXT: 1 ─ return 2.5
