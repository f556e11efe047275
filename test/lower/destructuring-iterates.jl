# RUN: %lig --dump=lowered %s | FileCheck %s
# a, (b, c...) = x
function f(x)
    a, (b, c...) = x
    c
end
# CHECK: method f
# CHECK: Base.indexed_iterate(x, 1)
# CHECK: a = Core.getfield(
# CHECK: Base.indexed_iterate(x, 2,
# CHECK: Base.indexed_iterate(%{{[0-9]+}}, 1)
# CHECK: c = Base.rest(
