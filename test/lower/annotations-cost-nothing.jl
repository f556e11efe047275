# RUN: %lig --dump=lowered %s | FileCheck %s
# @inline & co. leave no statement behind.
@inline f(x) = @inbounds x[1]
# CHECK: method f
# CHECK-NEXT: CodeInfo(
# CHECK-NEXT: %1 = Base.getindex(x, 1)
# CHECK-NEXT: return %1
