# SPDX-License-Identifier: MIT
# Floating point numbers.
using Core.Intrinsics: add_float, sub_float, mul_float, div_float, neg_float, rem_float, fma_float, muladd_float, eq_float, ne_float,
    lt_float, le_float, fpiseq, abs_float, copysign_float, sqrt_llvm, ceil_llvm, floor_llvm, trunc_llvm, rint_llvm, fptosi, fptoui,
    sitofp, uitofp, fptrunc, fpext

const Inf64 = div_float(1.0, 0.0)
const Inf = Inf64
const NaN64 = Core.Intrinsics.bitcast(Float64, 0x7ff8000000000000)
const NaN = NaN64
const Inf32 = Core.Intrinsics.bitcast(Float32, 0x7f800000)
const NaN32 = Core.Intrinsics.bitcast(Float32, 0x7fc00000)
const Inf16 = Core.Intrinsics.bitcast(Float16, 0x7c00)
const NaN16 = Core.Intrinsics.bitcast(Float16, 0x7e00)
export Inf, NaN, Inf64, NaN64, Inf32, NaN32, Inf16, NaN16

struct RoundingMode{T} end
const RoundNearest = RoundingMode{:Nearest}()
const RoundToZero = RoundingMode{:ToZero}()
const RoundUp = RoundingMode{:Up}()
const RoundDown = RoundingMode{:Down}()
const RoundFromZero = RoundingMode{:FromZero}()
const RoundNearestTiesAway = RoundingMode{:NearestTiesAway}()
const RoundNearestTiesUp = RoundingMode{:NearestTiesUp}()
export RoundingMode, RoundNearest, RoundToZero, RoundUp, RoundDown, RoundFromZero, RoundNearestTiesAway, RoundNearestTiesUp

# --- Conversion -------------------------------------------------------------------------------------------------
Float64(x::Float64) = x
Float32(x::Float32) = x
Float16(x::Float16) = x
Float64(x::Float32) = fpext(Float64, x)
Float64(x::Float16) = fpext(Float64, x)
Float32(x::Float16) = fpext(Float32, x)
Float32(x::Float64) = fptrunc(Float32, x)
Float16(x::Float64) = fptrunc(Float16, x)
Float16(x::Float32) = fptrunc(Float16, x)
(::Type{T})(x::BitSigned) where {T<:IEEEFloat} = sitofp(T, x)
(::Type{T})(x::BitUnsigned) where {T<:IEEEFloat} = uitofp(T, x)
(::Type{T})(x::Bool) where {T<:IEEEFloat} = x ? one(T) : zero(T)
AbstractFloat(x::AbstractFloat) = x
AbstractFloat(x::Integer) = Float64(x)
float(x::AbstractFloat) = x
float(x::Real) = AbstractFloat(x)
float(::Type{T}) where {T<:AbstractFloat} = T
float(::Type{T}) where {T<:Integer} = Float64
float(::Type{T}) where {T<:Number} = typeof(float(zero(T)))
promote_rule(::Type{Float64}, ::Type{<:Union{Float32,Float16}}) = Float64
promote_rule(::Type{Float32}, ::Type{Float16}) = Float32
promote_rule(::Type{T}, ::Type{<:BitInteger}) where {T<:IEEEFloat} = T
export float

# The smallest float above T's range, in F: what an integer conversion must stay below.
_limit_above(::Type{F}, ::Type{T}) where {F,T<:BitSigned} = -F(typemin(T))
_limit_above(::Type{F}, ::Type{T}) where {F,T<:BitUnsigned} = F(2) * F(typemax(T) ⊻ (typemax(T) >> 1))
_in_range(::Type{T}, x::F) where {T<:BitInteger,F<:IEEEFloat} = (@inline; F(typemin(T)) <= x < _limit_above(F, T))
unsafe_trunc(::Type{T}, x::IEEEFloat) where {T<:BitSigned} = fptosi(T, x)
unsafe_trunc(::Type{T}, x::IEEEFloat) where {T<:BitUnsigned} = fptoui(T, x)
function (::Type{T})(x::IEEEFloat) where {T<:BitInteger}
    @inline
    (_in_range(T, x) && trunc_llvm(x) == x) || _throw_inexact(T, x)
    return unsafe_trunc(T, x)
end
function trunc(::Type{T}, x::IEEEFloat) where {T<:BitInteger}
    @inline
    y = trunc_llvm(x)
    _in_range(T, y) || throw(InexactError(:trunc, T, x))
    return unsafe_trunc(T, y)
end
_round_to(::Type{T}, y, x, f) where {T<:BitInteger} = (@inline; _in_range(T, y) || throw(InexactError(f, T, x)); unsafe_trunc(T, y))
floor(::Type{T}, x::IEEEFloat) where {T<:BitInteger} = _round_to(T, floor_llvm(x), x, :floor)
ceil(::Type{T}, x::IEEEFloat) where {T<:BitInteger} = _round_to(T, ceil_llvm(x), x, :ceil)
round(::Type{T}, x::IEEEFloat) where {T<:BitInteger} = _round_to(T, rint_llvm(x), x, :round)
round(::Type{T}, x::IEEEFloat, r::RoundingMode) where {T<:BitInteger} = _round_to(T, round(x, r), x, :round)
trunc(::Type{Integer}, x::AbstractFloat) = trunc(Int, x)
floor(::Type{Integer}, x::AbstractFloat) = floor(Int, x)
ceil(::Type{Integer}, x::AbstractFloat) = ceil(Int, x)
round(::Type{Integer}, x::AbstractFloat) = round(Int, x)
trunc(::Type{T}, x::AbstractFloat) where {T<:AbstractFloat} = convert(T, trunc(x))
floor(::Type{T}, x::AbstractFloat) where {T<:AbstractFloat} = convert(T, floor(x))
ceil(::Type{T}, x::AbstractFloat) where {T<:AbstractFloat} = convert(T, ceil(x))
round(::Type{T}, x::AbstractFloat) where {T<:AbstractFloat} = convert(T, round(x))

trunc(x::IEEEFloat) = trunc_llvm(x)
floor(x::IEEEFloat) = floor_llvm(x)
ceil(x::IEEEFloat) = ceil_llvm(x)
_round(x::IEEEFloat, ::RoundingMode{:Nearest}) = rint_llvm(x)
_round(x::IEEEFloat, ::RoundingMode{:ToZero}) = trunc_llvm(x)
_round(x::IEEEFloat, ::RoundingMode{:Up}) = ceil_llvm(x)
_round(x::IEEEFloat, ::RoundingMode{:Down}) = floor_llvm(x)
_round(x::IEEEFloat, ::RoundingMode{:FromZero}) = signbit(x) ? floor_llvm(x) : ceil_llvm(x)
function _round(x::IEEEFloat, ::RoundingMode{:NearestTiesAway})
    y = trunc_llvm(x)
    return x == y ? y : trunc_llvm(2x - y)
end
_round(x::IEEEFloat, ::RoundingMode{:NearestTiesUp}) = floor_llvm(x + oftype(x, 0.5))
function round(x::AbstractFloat, r::RoundingMode=RoundNearest; digits=nothing, sigdigits=nothing, base=10)
    digits === nothing && sigdigits === nothing && return _round(x, r)
    return _round_digits(x, r, digits, sigdigits, base)
end
floor(x::AbstractFloat; kw...) = round(x, RoundDown; kw...)
ceil(x::AbstractFloat; kw...) = round(x, RoundUp; kw...)
trunc(x::AbstractFloat; kw...) = round(x, RoundToZero; kw...)
# An integer that is rounded to digits becomes a float, as in Julia.
function round(x::Integer, r::RoundingMode=RoundNearest; digits=nothing, sigdigits=nothing, base=10)
    digits === nothing && sigdigits === nothing && return x
    return _round_digits(float(x), r, digits, sigdigits, base)
end
floor(x::Integer; kw...) = round(x, RoundDown; kw...)
ceil(x::Integer; kw...) = round(x, RoundUp; kw...)
trunc(x::Integer; kw...) = round(x, RoundToZero; kw...)
round(::Type{T}, x::Integer, r::RoundingMode) where {T<:Integer} = convert(T, x)
round(::Type{T}, x::AbstractFloat, r::RoundingMode) where {T<:AbstractFloat} = convert(T, round(x, r))
round(::Type{Integer}, x::AbstractFloat, r::RoundingMode) = round(Int, x, r)
function _round_digits(x, r, digits, sigdigits, base)
    digits === nothing || sigdigits === nothing || throw(ArgumentError("`round` cannot use both `digits` and `sigdigits` arguments."))
    isfinite(x) || return x
    digits === nothing && (digits = sigdigits - _leading_digit(x, base))
    power = oftype(x, base)^abs(digits)
    y = digits >= 0 ? _round(x * power, r) / power : _round(x / power, r) * power
    return isfinite(y) ? y : x
end
# The place of the first significant digit before the point: 3 for 123.4, -1 for 0.012.
_leading_digit(x, base) = x == 0 ? 0 : base == 10 ? 1 + floor(Int, log10(abs(x))) : base == 2 ? 1 + exponent(x) :
    1 + floor(Int, log(base, abs(x)))
export trunc, floor, ceil, round, unsafe_trunc

# --- Arithmetic ----------------------------------------------------------------------------------------------------
+(x::T, y::T) where {T<:IEEEFloat} = add_float(x, y)
-(x::T, y::T) where {T<:IEEEFloat} = sub_float(x, y)
*(x::T, y::T) where {T<:IEEEFloat} = mul_float(x, y)
/(x::T, y::T) where {T<:IEEEFloat} = div_float(x, y)
-(x::IEEEFloat) = neg_float(x)
+(x::IEEEFloat) = x
inv(x::IEEEFloat) = one(x) / x
muladd(x::T, y::T, z::T) where {T<:IEEEFloat} = muladd_float(x, y, z)
fma(x::T, y::T, z::T) where {T<:IEEEFloat} = fma_float(x, y, z)
rem(x::T, y::T) where {T<:IEEEFloat} = rem_float(x, y)
function mod(x::T, y::T) where {T<:AbstractFloat}
    r = rem(x, y)
    r == 0 && return copysign(r, y)
    return signbit(r) != signbit(y) ? r + y : r
end
div(x::T, y::T) where {T<:AbstractFloat} = round((x - rem(x, y)) / y)
fld(x::T, y::T) where {T<:AbstractFloat} = round((x - mod(x, y)) / y)
cld(x::T, y::T) where {T<:AbstractFloat} = -fld(-x, y)
div(x, y, ::RoundingMode{:ToZero}) = div(x, y)
div(x, y, ::RoundingMode{:Down}) = fld(x, y)
div(x, y, ::RoundingMode{:Up}) = cld(x, y)
div(x, y, ::RoundingMode{:FromZero}) = (x < 0) == (y < 0) ? cld(x, y) : fld(x, y)
div(x::Integer, y::Integer, r::Union{RoundingMode{:Nearest},RoundingMode{:NearestTiesAway},RoundingMode{:NearestTiesUp}}) =
    _div_nearest(promote(x, y)..., r)
function _div_nearest(x::T, y::T, r) where {T<:Integer}
    q, m = fld(x, y), mod(x, y)
    rest = y - m # m and rest have the sign of y: x lies between q and q + 1
    m == rest && return _tie_goes_up(q, x, r) ? q + one(q) : q
    return (y < 0 ? m < rest : m > rest) ? q + one(q) : q
end
_tie_goes_up(q, x, ::RoundingMode{:Nearest}) = isodd(q)
_tie_goes_up(q, x, ::RoundingMode{:NearestTiesUp}) = true
_tie_goes_up(q, x, ::RoundingMode{:NearestTiesAway}) = q >= 0
div(x, y, r::RoundingMode) = round(x / y, r)
rem(x, y, ::RoundingMode{:ToZero}) = rem(x, y)
rem(x, y, ::RoundingMode{:Down}) = mod(x, y)
rem(x, y, r::RoundingMode) = x - y * div(x, y, r)
rem(x::T, y::T, ::RoundingMode{:Nearest}) where {T<:IEEEFloat} =
    convert(T, ccall(:remainder, Float64, (Float64, Float64), x, y))
divrem(x, y, r::RoundingMode) = (div(x, y, r), rem(x, y, r))
==(x::T, y::T) where {T<:IEEEFloat} = eq_float(x, y)
!=(x::T, y::T) where {T<:IEEEFloat} = ne_float(x, y)
<(x::T, y::T) where {T<:IEEEFloat} = lt_float(x, y)
<=(x::T, y::T) where {T<:IEEEFloat} = le_float(x, y)
isequal(x::T, y::T) where {T<:IEEEFloat} = fpiseq(x, y)
isequal(x::Real, y::Real) = (isnan(x) & isnan(y)) | (signbit(x) == signbit(y)) & (x == y)
isless(x::T, y::T) where {T<:IEEEFloat} =
    isnan(x) | isnan(y) ? !isnan(x) & isnan(y) : (x < y) | ((x == y) & signbit(x) & !signbit(y))
isless(x::Real, y::AbstractFloat) = (!isnan(x) & (isnan(y) | signless(x, y))) | (x < y)
isless(x::AbstractFloat, y::Real) = (!isnan(x) & (isnan(y) | signless(x, y))) | (x < y)
signless(x, y) = (x == y) & signbit(x) & !signbit(y)
# Mixed integer and float comparisons: exact where the integer does not fit the mantissa.
==(x::IEEEFloat, y::Union{Int64,UInt64,Int128,UInt128}) = (f = oftype(x, y); (x == f) & (_in_range(typeof(y), f) && unsafe_trunc(typeof(y), f) == y))
==(x::Union{Int64,UInt64,Int128,UInt128}, y::IEEEFloat) = y == x
const _WideInteger = Union{Int64,UInt64,Int128,UInt128}
function <(x::T, y::S) where {T<:_WideInteger,S<:IEEEFloat}
    f = S(x)
    return (f < y) | ((f == y) & (!_in_range(T, f) || x < unsafe_trunc(T, f)))
end
function <(x::S, y::T) where {T<:_WideInteger,S<:IEEEFloat}
    f = S(y)
    return (x < f) | ((x == f) & (_in_range(T, f) && unsafe_trunc(T, f) < y))
end
function <=(x::T, y::S) where {T<:_WideInteger,S<:IEEEFloat}
    f = S(x)
    return (f < y) | ((f == y) & (!_in_range(T, f) || x <= unsafe_trunc(T, f)))
end
function <=(x::S, y::T) where {T<:_WideInteger,S<:IEEEFloat}
    f = S(y)
    return (x < f) | ((x == f) & (_in_range(T, f) && unsafe_trunc(T, f) <= y))
end

max(x::T, y::T) where {T<:IEEEFloat} = isnan(x) ? x : isnan(y) ? y : ifelse((y > x) | (signbit(y) < signbit(x)), y, x)
min(x::T, y::T) where {T<:IEEEFloat} = isnan(x) ? x : isnan(y) ? y : ifelse((y < x) | (signbit(y) > signbit(x)), y, x)
minmax(x::T, y::T) where {T<:IEEEFloat} = (min(x, y), max(x, y))
abs(x::IEEEFloat) = abs_float(x)
isnan(x::AbstractFloat) = x != x
isnan(x::Number) = false
isfinite(x::AbstractFloat) = x - x == 0
isfinite(x::Integer) = true
isinf(x::AbstractFloat) = !isnan(x) & !isfinite(x)
isinf(x::Integer) = false
isinteger(x::AbstractFloat) = (trunc(x) - x) == 0
isinteger(x::Integer) = true
signbit(x::Float64) = Core.Intrinsics.bitcast(Int64, x) < 0
signbit(x::Float32) = Core.Intrinsics.bitcast(Int32, x) < Int32(0)
signbit(x::Float16) = Core.Intrinsics.bitcast(Int16, x) < Int16(0)
sign(x::AbstractFloat) = ifelse(isnan(x) | (x == 0), x, ifelse(x < 0, -one(x), one(x)))
copysign(x::T, y::T) where {T<:IEEEFloat} = copysign_float(x, y)
copysign(x::AbstractFloat, y::Real) = signbit(y) == signbit(x) ? x : -x
flipsign(x::AbstractFloat, y::Real) = signbit(y) ? -x : x
zero(::Type{Float64}) = 0.0
zero(::Type{Float32}) = 0.0f0
zero(::Type{Float16}) = Float16(0.0)
one(::Type{Float64}) = 1.0
one(::Type{Float32}) = 1.0f0
one(::Type{Float16}) = Float16(1.0)
typemin(::Type{T}) where {T<:IEEEFloat} = -typemax(T)
typemax(::Type{Float64}) = Inf
typemax(::Type{Float32}) = Inf32
typemax(::Type{Float16}) = Inf16
floatmax(::Type{Float64}) = Core.Intrinsics.bitcast(Float64, 0x7fefffffffffffff)
floatmax(::Type{Float32}) = Core.Intrinsics.bitcast(Float32, 0x7f7fffff)
floatmax(::Type{Float16}) = Core.Intrinsics.bitcast(Float16, 0x7bff)
floatmin(::Type{Float64}) = Core.Intrinsics.bitcast(Float64, 0x0010000000000000)
floatmin(::Type{Float32}) = Core.Intrinsics.bitcast(Float32, 0x00800000)
floatmin(::Type{Float16}) = Core.Intrinsics.bitcast(Float16, 0x0400)
floatmax(x::AbstractFloat) = floatmax(typeof(x))
floatmin(x::AbstractFloat) = floatmin(typeof(x))
floatmax() = floatmax(Float64)
floatmin() = floatmin(Float64)
eps(::Type{Float64}) = 2.220446049250313e-16
eps(::Type{Float32}) = 1.1920929f-7
eps(::Type{Float16}) = Float16(0.000977)
eps() = eps(Float64)
function eps(x::AbstractFloat)
    isfinite(x) || return oftype(x, NaN)
    ax = abs(x)
    ax < floatmin(x) && return nextfloat(zero(x))
    return max(nextfloat(ax) - ax, nextfloat(zero(x)))
end
_bits_type(::Type{Float64}) = Int64
_bits_type(::Type{Float32}) = Int32
_bits_type(::Type{Float16}) = Int16
function nextfloat(x::T) where {T<:IEEEFloat}
    (isnan(x) || x == typemax(T)) && return x
    x == 0 && return Core.Intrinsics.bitcast(T, one(_bits_type(T)))
    b = Core.Intrinsics.bitcast(_bits_type(T), x)
    return Core.Intrinsics.bitcast(T, x > 0 ? b + one(b) : b - one(b))
end
prevfloat(x::IEEEFloat) = -nextfloat(-x)
function nextfloat(x::IEEEFloat, n::Integer)
    for _ in 1:abs(n)
        x = n > 0 ? nextfloat(x) : prevfloat(x)
    end
    return x
end
prevfloat(x::IEEEFloat, n::Integer) = nextfloat(x, -n)
precision(::Type{Float64}) = 53
precision(::Type{Float32}) = 24
precision(::Type{Float16}) = 11
precision(x::AbstractFloat) = precision(typeof(x))
reinterpret(::Type{T}, x::S) where {T,S} = sizeof(T) == sizeof(S) ? Core.Intrinsics.bitcast(T, x) :
    throw(ArgumentError(string("bitcast: expected types of the same size, got ", S, " and ", T)))
export muladd, fma, isnan, isfinite, isinf, isinteger, floatmax, floatmin, eps, nextfloat, prevfloat, precision, reinterpret
