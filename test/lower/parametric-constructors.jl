# RUN: %lig --dump=lowered %s | FileCheck %s
# P{T}(x) converts; P(x) finds T.
struct P{T}
    x::T
end
# CHECK: Core.apply_type(Core.Type, %
# CHECK: method P
# CHECK: Base.convert(
# CHECK: method P
# CHECK: %new(%{{[0-9]+}}, x)
