# RUN: %lig --dump=lowered %s | FileCheck %s
# The last argument takes the rest.
f(x, ys::Int...) = ys
# CHECK: Core.apply_type(Core.Vararg, Main.Int)
# CHECK: Core.svec(Core.Any, %
# CHECK: return ys
