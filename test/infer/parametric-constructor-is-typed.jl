# Type parameters are computed from the arguments.
# RUN: %lig --dump=typed %s | FileCheck %s
struct W{T}; x::T; end
f(x) = W(x)
f(1)
# CHECK-LABEL: typed f(::Int64)
# CHECK: %new(W{Int64}, x)::W{Int64}
