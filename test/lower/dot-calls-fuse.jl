# RUN: %lig --dump=lowered %s | FileCheck %s
# One materialize around a tree of broadcasted.
f(x, y) = sin.(x) .+ 2 .* y
# CHECK: method f
# CHECK: Base.broadcasted(Main.sin, x)
# CHECK: Base.broadcasted(Main.:*, 2, y)
# CHECK: Base.broadcasted(
# CHECK: Base.materialize(
# CHECK-NOT: Base.materialize(
