# A NamedTuple that is only read is never made.
# RUN: %lig --dump=typed %s | FileCheck %s
f(x) = (t = (a=x, b=2); t.a + t.b)
f(1)
# CHECK-LABEL: typed f(::Int64)
# CHECK-NEXT: CodeInfo(
# CHECK-NEXT: 1 ─ %1 = Base.add_int(x, 2)::Int64
# CHECK-NEXT: return %1
