# RUN: %lig --dump=lowered %s | FileCheck %s
# Every assignment of a typed local converts.
function f(y)
    x::Int = y
    x = 2y
    x
end
# CHECK: method f
# CHECK: Base.convert(
# CHECK: Base.convert(
