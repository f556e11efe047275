# Reading a field that is not there is an error for sure.
# RUN: %lig --dump=typed %s | FileCheck %s
struct A1; x::Int; end
f(a) = a.y
try f(A1(1)) catch end
# CHECK-LABEL: typed f(::A1)
# CHECK-NEXT: CodeInfo(
# CHECK-NEXT: 1 ─ Core.getfield(a, :y)::Union{}
