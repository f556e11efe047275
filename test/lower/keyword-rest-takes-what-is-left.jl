# RUN: %lig --dump=lowered %s | FileCheck %s
# rest... gets the other keywords as pairs.
f(; a=1, rest...) = rest
# CHECK: method kwcall
# CHECK: Core.apply_type(Core.NamedTuple, (:a,))
# CHECK: Base.structdiff(
# CHECK: Base.pairs(
# CHECK-NOT: kwerr
