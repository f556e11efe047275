# RUN: %lig --dump=lowered %s | FileCheck %s
# (a=1, b=x) and (; x).
f(x) = (a=1, b=x), (; x)
# CHECK: method f
# CHECK: Core.apply_type(Core.NamedTuple, (:a, :b)
# CHECK: Core.apply_type(Core.NamedTuple, (:x,)
