# A tuple that is only taken apart is never made.
# RUN: %lig --dump=typed %s | FileCheck %s
function f(x, y)
    a, b = y, x
    return a - b
end
f(1, 2)
# CHECK-LABEL: typed f(::Int64, ::Int64)
# CHECK-NEXT: CodeInfo(
# CHECK-NEXT: 1 ─ %1 = Base.sub_int(y, x)::Int64
# CHECK-NEXT: return %1
