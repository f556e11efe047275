# A function argument that is known is inlined.
# RUN: %lig --dump=typed %s | FileCheck %s
twice(f, x) = f(f(x))
g(x) = twice(x) do y
    y + 1
end
g(1)
# CHECK-LABEL: typed g(::Int64)
# CHECK-NOT: invoke
# CHECK: Base.add_int(x, 1)::Int64
# CHECK-NEXT: Base.add_int(%1, 1)::Int64
# CHECK: ) => Int64
