# typeof and isa of a known type decide a branch.
# RUN: %lig --dump=typed %s | FileCheck %s
f(x) = x isa Int ? 1 : "no"
f(1)
f(1.0)
# CHECK-LABEL: typed f(::Int64)
# CHECK-NEXT: CodeInfo(
# CHECK-NEXT: 1 ─ return 1
# CHECK-LABEL: typed f(::Float64)
# CHECK-NEXT: CodeInfo(
# CHECK-NEXT: 1 ─ return "no"
