# SPDX-License-Identifier: MIT
# The common type of several numbers, and arithmetic on mixed types through it.

promote_type() = Union{}
promote_type(T) = T
promote_type(::Type{Union{}}, ::Type{Union{}}) = Union{}
promote_type(::Type{T}, ::Type{T}) where {T} = T
promote_type(::Type{T}, ::Type{Union{}}) where {T} = T
promote_type(::Type{Union{}}, ::Type{T}) where {T} = T
promote_type(T, S, U, V...) = (@inline; promote_type(promote_type(T, S), U, V...))
function promote_type(::Type{T}, ::Type{S}) where {T,S}
    @inline
    return promote_result(T, S, promote_rule(T, S), promote_rule(S, T))
end
# Users extend this one for one order of the arguments; Union{} says "nothing known".
promote_rule(::Type, ::Type) = Union{}
promote_rule(::Type{Union{}}, ::Type{T}) where {T} = T
promote_rule(::Type{T}, ::Type{Union{}}) where {T} = T
promote_rule(::Type{Union{}}, ::Type{Union{}}) = Union{}
promote_result(::Type, ::Type, ::Type{T}, ::Type{S}) where {T,S} = (@inline; promote_type(T, S))
promote_result(::Type{T}, ::Type{S}, ::Type{Union{}}, ::Type{Union{}}) where {T,S} = (@inline; typejoin(T, S))

promote() = ()
promote(x) = (x,)
function _promote(x::T, y::S) where {T,S}
    @inline
    R = promote_type(T, S)
    return (convert(R, x), convert(R, y))
end
function promote(x, y)
    @inline
    px, py = _promote(x, y)
    _check_promotion((x, y), (px, py))
    return px, py
end
function promote(x, y, z)
    @inline
    R = promote_type(typeof(x), typeof(y), typeof(z))
    return (convert(R, x), convert(R, y), convert(R, z))
end
function promote(x, y, z, a...)
    R = promote_type(typeof(x), typeof(y), typeof(z), map(typeof, a)...)
    return (convert(R, x), convert(R, y), convert(R, z), map(v -> convert(R, v), a)...)
end
# Where promotion changes nothing, arithmetic would call itself for ever.
_check_promotion(before::Tuple{A,B}, after::Tuple{A,B}) where {A,B} =
    A === B ? nothing : throw(ErrorException(string("promotion of types ", A, " and ", B, " failed to change any arguments")))
_check_promotion(before, after) = nothing
promote_typeof(x) = typeof(x)
promote_typeof(x, xs...) = (@inline; promote_type(typeof(x), promote_typeof(xs...)))
typejoin() = Union{}
typejoin(a) = a
typejoin(a, b) = ccall(:jl_type_join, Any, (Any, Any), a, b)
typejoin(a, b, c...) = typejoin(typejoin(a, b), c...)
# Nothing and Missing stay visible beside what the others have in common.
promote_typejoin(a, b) = Union{a,b,typejoin(_not_absent(a), _not_absent(b))}
_not_absent(T) = T === Nothing || T === Missing ? Union{} : T isa Union ? Union{_not_absent(T.a),_not_absent(T.b)} : T
export promote, promote_type, promote_rule, typejoin

+(x::Number, y::Number) = +(promote(x, y)...)
-(x::Number, y::Number) = -(promote(x, y)...)
*(x::Number, y::Number) = *(promote(x, y)...)
/(x::Number, y::Number) = /(promote(x, y)...)
^(x::Number, y::Number) = ^(promote(x, y)...)
(&)(x::Integer, y::Integer) = (&)(promote(x, y)...)
(|)(x::Integer, y::Integer) = (|)(promote(x, y)...)
xor(x::Integer, y::Integer) = xor(promote(x, y)...)
==(x::Number, y::Number) = (==)(promote(x, y)...)
<(x::Real, y::Real) = (<)(promote(x, y)...)
<=(x::Real, y::Real) = (<=)(promote(x, y)...)
div(x::Real, y::Real) = div(promote(x, y)...)
rem(x::Real, y::Real) = rem(promote(x, y)...)
mod(x::Real, y::Real) = mod(promote(x, y)...)
fld(x::Real, y::Real) = fld(promote(x, y)...)
cld(x::Real, y::Real) = cld(promote(x, y)...)
mod1(x::Real, y::Real) = mod1(promote(x, y)...)
fld1(x::Real, y::Real) = fld1(promote(x, y)...)
max(x::Real, y::Real) = max(promote(x, y)...)
min(x::Real, y::Real) = min(promote(x, y)...)
minmax(x::Real, y::Real) = minmax(promote(x, y)...)
gcd(a::Real, b::Real) = gcd(promote(a, b)...)
lcm(a::Real, b::Real) = lcm(promote(a, b)...)
muladd(x::Number, y::Number, z::Number) = muladd(promote(x, y, z)...)
muladd(x::T, y::T, z::T) where {T<:Number} = x * y + z
fma(x::Number, y::Number, z::Number) = fma(promote(x, y, z)...)
fma(x::T, y::T, z::T) where {T<:Integer} = x * y + z

# Same type and nothing defined for it: an error, rather than no end.
@noinline _no_op(f, x, y) = error(f, " not defined for ", typeof(x))
+(x::T, y::T) where {T<:Number} = _no_op(+, x, y)
-(x::T, y::T) where {T<:Number} = _no_op(-, x, y)
*(x::T, y::T) where {T<:Number} = _no_op(*, x, y)
/(x::T, y::T) where {T<:Number} = _no_op(/, x, y)
^(x::T, y::T) where {T<:Number} = _no_op(^, x, y)
==(x::T, y::T) where {T<:Number} = x === y
<(x::T, y::T) where {T<:Real} = _no_op(<, x, y)
<=(x::T, y::T) where {T<:Real} = x < y || x == y
rem(x::T, y::T) where {T<:Real} = _no_op(rem, x, y)
div(x::T, y::T) where {T<:Real} = convert(T, trunc(x / y))
mod(x::T, y::T) where {T<:Real} = x - fld(x, y) * y
max(x::T, y::T) where {T<:Real} = ifelse(isless(y, x), x, y)
min(x::T, y::T) where {T<:Real} = ifelse(isless(y, x), y, x)
minmax(x::T, y::T) where {T<:Real} = isless(y, x) ? (y, x) : (x, y)
(&)(x::T, y::T) where {T<:Integer} = _no_op(&, x, y)
(|)(x::T, y::T) where {T<:Integer} = _no_op(|, x, y)
xor(x::T, y::T) where {T<:Integer} = _no_op(xor, x, y)

# Beside `nothing` or `missing` the other type stays as it is.
function promote_rule(T::Type{>:Nothing}, S::Type)
    R = nonnothingtype(T)
    R >: T && return Any
    return Union{promote_type(R, S),Nothing}
end
function promote_rule(T::Type{>:Missing}, S::Type)
    R = nonmissingtype(T)
    R >: T && return Any
    return Union{promote_type(R, S),Missing}
end
function promote_rule(T::Type{>:Union{Nothing,Missing}}, S::Type)
    R = nonnothingtype(nonmissingtype(T))
    R >: T && return Any
    return Union{promote_type(R, S),Nothing,Missing}
end
convert(::Type{T}, x::T) where {T>:Nothing} = x
convert(T::Type{>:Nothing}, x) = convert(nonnothingtype(T), x)
convert(::Type{Nothing}, x) = throw(MethodError(convert, (Nothing, x)))
convert(::Type{Nothing}, ::Nothing) = nothing
convert(::Type{T}, x::T) where {T>:Missing} = x
convert(T::Type{>:Missing}, x) = convert(nonmissingtype(T), x)
convert(::Type{T}, x::T) where {T>:Union{Nothing,Missing}} = x
convert(T::Type{>:Union{Nothing,Missing}}, x) = convert(nonnothingtype(nonmissingtype(T)), x)
