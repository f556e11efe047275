# RUN: %lig --dump=lowered %s | FileCheck %s
# Static parameters are typevars in the signature, and static_parameter in the body.
f(x::Vector{T}) where {T<:Real} = T
# CHECK: [[T:%[0-9]+]] = Core._typevar(:T, Union{}, Main.Real)
# CHECK: Core.apply_type(Main.Vector, [[T]])
# CHECK: Core.svec([[T]])
# CHECK: return $(Expr(:static_parameter, 1))
