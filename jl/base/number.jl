# SPDX-License-Identifier: MIT
# What holds for all numbers. A number is also a collection of one element.

Number(x::Number) = x
Real(x::Real) = x
Signed(x::Signed) = x
Unsigned(x::Unsigned) = x
zero(x::Number) = zero(typeof(x))
one(x::Number) = one(typeof(x))
oneunit(x) = one(x)
oneunit(::Type{T}) where {T} = one(T)
zero(::Type{Bool}) = false
one(::Type{Bool}) = true
zero(::Type{T}) where {T<:Number} = convert(T, 0)
one(::Type{T}) where {T<:Number} = convert(T, 1)
iszero(x) = x == zero(x)
isone(x) = x == one(x)
isreal(x::Real) = true
isreal(x::Number) = iszero(imag(x))
real(x::Real) = x
imag(x::Real) = zero(x)
conj(x::Real) = x
conj!(x) = x
reim(x) = (real(x), imag(x))
abs(x::Real) = ifelse(signbit(x), -x, x)
abs2(x::Number) = abs(x)^2
abs2(x::Real) = x * x
signbit(x::Real) = x < 0
sign(x::Real) = x < 0 ? -one(x) : x > 0 ? one(x) : x
-(x::Real) = zero(x) - x
inv(x::Number) = one(x) / x
isnan(x::Real) = false
isinf(x::Real) = false
isfinite(x::Real) = true
isinteger(x::Real) = x == trunc(x)
trunc(x::Real) = convert(typeof(x), trunc(float(x)))
fld(x::T, y::T) where {T<:Real} = convert(T, floor(x / y))
cld(x::T, y::T) where {T<:Real} = convert(T, ceil(x / y))

size(x::Number) = ()
size(x::Number, d::Integer) = d < 1 ? throw(BoundsError()) : 1
axes(x::Number) = ()
axes(x::Number, d::Integer) = OneTo(1)
eltype(::Type{T}) where {T<:Number} = T
ndims(x::Number) = 0
ndims(::Type{<:Number}) = 0
length(x::Number) = 1
firstindex(x::Number) = 1
lastindex(x::Number) = 1
keys(x::Number) = OneTo(1)
eachindex(x::Number) = OneTo(1)
iterate(x::Number) = (x, nothing)
iterate(x::Number, ::Any) = nothing
isempty(x::Number) = false
in(x::Number, y::Number) = x == y
getindex(x::Number) = x
getindex(x::Number, i::Integer) = i == 1 ? x : throw(BoundsError(x, i))
first(x::Number) = x
last(x::Number) = x
copy(x::Number) = x
deepcopy(x::Number) = x
map(f, x::Number, ys::Number...) = f(x, ys...)
only(x::Number) = x
export zero, one, oneunit, iszero, isone, isreal, real, imag, conj, reim, abs2
