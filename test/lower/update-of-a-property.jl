# RUN: %lig --dump=lowered %s | FileCheck %s
# a.b += 1
f(a) = a.b += 1
# CHECK: method f
# CHECK: Base.getproperty(a, :b)
# CHECK: Base.setproperty!(a, :b, %
