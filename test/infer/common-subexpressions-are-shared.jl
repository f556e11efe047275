# The same pure computation is done once.
# RUN: %lig --dump=typed %s | FileCheck %s
f(x, y) = (x * y) + (x * y)
f(1, 2)
# CHECK-LABEL: typed f(::Int64, ::Int64)
# CHECK: Base.mul_int(x, y)::Int64
# CHECK-NOT: mul_int
# CHECK: Base.add_int(%1, %1)::Int64
