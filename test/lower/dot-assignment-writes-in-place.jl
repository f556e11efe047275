# RUN: %lig --dump=lowered %s | FileCheck %s
# x[i] .= y writes into a view.
f(x, y) = x[1:2] .= y .+ 1
# CHECK: method f
# CHECK: [[D:%[0-9]+]] = Base.dotview(x, %
# CHECK: Base.broadcasted(Main.:+, y, 1)
# CHECK: Base.materialize!([[D]], %
