# RUN: %lig --dump=lowered %s | FileCheck %s
# (; a, b) = x reads properties.
function f(x)
    (; a, b) = x
    b
end
# CHECK: method f
# CHECK: a = Base.getproperty(x, :a)
# CHECK: b = Base.getproperty(x, :b)
