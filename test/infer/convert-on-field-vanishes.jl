# Construction with fields of the right type needs no conversion.
# RUN: %lig --dump=typed %s | FileCheck %s
struct C1; x::Float64; end
f(x) = C1(x).x
f(1.5)
f(2)
# CHECK-LABEL: typed f(::Float64)
# CHECK-NEXT: CodeInfo(
# CHECK-NEXT: 1 ─ return x
# CHECK-LABEL: typed f(::Int64)
# CHECK: Base.sitofp(Float64, x)::Float64
