# RUN: %lig --dump=lowered %s | FileCheck %s
# One takes exact types, one converts.
struct P
    x::Float64
end
# CHECK: method P
# CHECK-NEXT: CodeInfo(
# CHECK-NEXT: %new(Main.P, x)
# CHECK: method P
# CHECK: Base.convert(
