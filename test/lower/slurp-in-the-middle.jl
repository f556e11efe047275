# RUN: %lig --dump=lowered %s | FileCheck %s
# a, b..., c = x splits the tail off.
function f(x)
    a, b..., c = x
    b
end
# CHECK: method f
# CHECK: Base.indexed_iterate(x, 1)
# CHECK: Base.split_rest(x, 1, %
# CHECK: b = Core.getfield(
