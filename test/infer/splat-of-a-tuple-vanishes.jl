# f(t...) of a tuple of known length is a plain call.
# RUN: %lig --dump=typed %s | FileCheck %s
add3(a, b, c) = a + b + c
f(a, b) = (t = (a, b, 1); add3(t...))
f(1, 2)
# CHECK-LABEL: typed f(::Int64, ::Int64)
# CHECK-NOT: tuple
# CHECK-NOT: apply
# CHECK: Base.add_int(a, b)::Int64
# CHECK-NEXT: Base.add_int(%1, 1)::Int64
# CHECK: ) => Int64
