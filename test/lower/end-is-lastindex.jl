# RUN: %lig --dump=lowered %s | FileCheck %s
# end in one dimension and in several.
f(a) = a[end] + a[1, end] + a[begin]
# CHECK: method f
# CHECK: Base.lastindex(a)
# CHECK: Base.lastindex(a, 2)
# CHECK: Base.firstindex(a)
