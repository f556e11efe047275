# SPDX-License-Identifier: MIT
# Bool: logic, and arithmetic as the integers 0 and 1.

!(x::Bool) = Core.Intrinsics.not_int(x)
~(x::Bool) = !x
(&)(x::Bool, y::Bool) = Core.Intrinsics.and_int(x, y)
(|)(x::Bool, y::Bool) = Core.Intrinsics.or_int(x, y)
xor(x::Bool, y::Bool) = (x != y)
!=(x::Bool, y::Bool) = Core.Intrinsics.ne_int(x, y)
==(x::Bool, y::Bool) = Core.Intrinsics.eq_int(x, y)
<(x::Bool, y::Bool) = !x & y
<=(x::Bool, y::Bool) = !x | y
signbit(x::Bool) = false
sign(x::Bool) = x
abs(x::Bool) = x
abs2(x::Bool) = x
iszero(x::Bool) = !x
isone(x::Bool) = x
typemin(::Type{Bool}) = false
typemax(::Type{Bool}) = true
+(x::Bool) = Int(x)
-(x::Bool) = -Int(x)
+(x::Bool, y::Bool) = Int(x) + Int(y)
-(x::Bool, y::Bool) = Int(x) - Int(y)
*(x::Bool, y::Bool) = x & y
^(x::Bool, y::Bool) = x | !y
*(x::Bool, y::T) where {T<:AbstractFloat} = ifelse(x, y, copysign(zero(y), y))
*(y::AbstractFloat, x::Bool) = x * y
div(x::Bool, y::Bool) = y ? x : throw(DivideError())
rem(x::Bool, y::Bool) = y ? false : throw(DivideError())
mod(x::Bool, y::Bool) = rem(x, y)
fld(x::Bool, y::Bool) = div(x, y)
cld(x::Bool, y::Bool) = div(x, y)
promote_rule(::Type{Bool}, ::Type{T}) where {T<:Number} = T
Bool(x::Bool) = x
Bool(x::Real) = x == 0 ? false : x == 1 ? true : throw(InexactError(:Bool, Bool, x))
