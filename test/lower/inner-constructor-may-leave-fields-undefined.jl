# RUN: %lig --dump=lowered %s | FileCheck %s
# _structtype learns how few fields new initialises.
mutable struct M
    a::Int
    b
    M(a) = new(a)
end
# CHECK: Core._structtype(Main, :M, %{{.*}}, true, 1)
# CHECK: method M
# CHECK: Core.fieldtype(
# CHECK: %new(
