# RUN: %lig --dump=lowered %s | FileCheck %s
# a[g()] += 1 calls g once.
f(a, g) = a[g()] += 1
# CHECK: method f
# CHECK: [[I:%[0-9]+]] = g()
# CHECK: Base.getindex(a, [[I]])
# CHECK: [[V:%[0-9]+]] = Main.:+(%{{[0-9]+}}, 1)
# CHECK: Base.setindex!(a, [[V]], [[I]])
# CHECK-NOT: g()
# CHECK: return [[V]]
