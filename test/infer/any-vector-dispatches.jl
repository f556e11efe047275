# Unknown elements are added by dispatch.
# RUN: %lig --dump=typed %s | FileCheck %s
f(v) = v[1] + v[2]
f(Any[1, 2])
# CHECK-LABEL: typed f(::Vector{Any})
# CHECK: Base.+(%{{[0-9]+}}, %{{[0-9]+}})::Any
# CHECK: ) => Any
