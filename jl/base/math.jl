# SPDX-License-Identifier: MIT
# Mathematical functions: libm behind Julia's domain checks.
using Core.Intrinsics: sqrt_llvm

# --- Irrational constants: exact until they meet a float -----------------------------------------------------
abstract type AbstractIrrational <: Real end
struct Irrational{sym} <: AbstractIrrational end
const pi = Irrational{:π}()
const π = pi
const ℯ = Irrational{:ℯ}()
Float64(::Irrational{:π}) = 3.141592653589793
Float64(::Irrational{:ℯ}) = 2.718281828459045
Float64(::Irrational{:γ}) = 0.5772156649015329
Float64(::Irrational{:φ}) = 1.618033988749895
Float64(::Irrational{:catalan}) = 0.915965594177219
Float32(x::AbstractIrrational) = Float32(Float64(x))
Float16(x::AbstractIrrational) = Float16(Float64(x))
AbstractFloat(x::AbstractIrrational) = Float64(x)
Bool(x::AbstractIrrational) = throw(InexactError(:Bool, Bool, x))
promote_rule(::Type{<:AbstractIrrational}, ::Type{T}) where {T<:IEEEFloat} = T
promote_rule(::Type{<:AbstractIrrational}, ::Type{T}) where {T<:Real} = promote_type(Float64, T)
promote_rule(::Type{S}, ::Type{T}) where {S<:AbstractIrrational,T<:AbstractIrrational} = Float64
+(x::AbstractIrrational, y::AbstractIrrational) = Float64(x) + Float64(y)
-(x::AbstractIrrational, y::AbstractIrrational) = Float64(x) - Float64(y)
*(x::AbstractIrrational, y::AbstractIrrational) = Float64(x) * Float64(y)
/(x::AbstractIrrational, y::AbstractIrrational) = Float64(x) / Float64(y)
^(x::AbstractIrrational, y::AbstractIrrational) = Float64(x)^Float64(y)
^(x::AbstractIrrational, y::Integer) = Float64(x)^y
-(x::AbstractIrrational) = -Float64(x)
==(::Irrational{s}, ::Irrational{s}) where {s} = true
==(x::AbstractIrrational, y::AbstractIrrational) = false
==(x::AbstractIrrational, y::Real) = false
==(x::Real, y::AbstractIrrational) = false
<(x::AbstractIrrational, y::AbstractIrrational) = Float64(x) < Float64(y)
<(x::AbstractIrrational, y::Real) = Float64(x) < y
<(x::Real, y::AbstractIrrational) = x < Float64(y)
<=(x::AbstractIrrational, y::Real) = Float64(x) <= y
<=(x::Real, y::AbstractIrrational) = x <= Float64(y)
zero(::Type{<:AbstractIrrational}) = false
one(::Type{<:AbstractIrrational}) = true
zero(x::AbstractIrrational) = false
one(x::AbstractIrrational) = true
sign(::AbstractIrrational) = 1.0
signbit(::AbstractIrrational) = false
isinteger(::AbstractIrrational) = false
isfinite(::AbstractIrrational) = true
trunc(::Type{T}, x::AbstractIrrational) where {T} = trunc(T, Float64(x))
floor(::Type{T}, x::AbstractIrrational) where {T} = floor(T, Float64(x))
ceil(::Type{T}, x::AbstractIrrational) where {T} = ceil(T, Float64(x))
round(::Type{T}, x::AbstractIrrational) where {T} = round(T, Float64(x))
round(x::AbstractIrrational, r::RoundingMode=RoundNearest; kw...) = round(Float64(x), r; kw...)
floor(x::AbstractIrrational) = floor(Float64(x))
ceil(x::AbstractIrrational) = ceil(Float64(x))
(::Type{T})(x::AbstractIrrational) where {T<:BitInteger} = T(Float64(x))
module MathConstants
using Base: Irrational, π, pi, ℯ
const γ = Irrational{:γ}()
const eulergamma = γ
const φ = Irrational{:φ}()
const golden = φ
const catalan = Irrational{:catalan}()
const e = ℯ
export π, pi, ℯ, e, γ, eulergamma, φ, golden, catalan
end
export pi, π, ℯ, MathConstants, Irrational, AbstractIrrational

# --- Roots, exponentials, logarithms -----------------------------------------------------------------------------
@noinline _complex_domain(f, x) = throw(DomainError(x, string(f, " was called with a negative real argument but will only return a complex result if called with a complex argument. Try ", f, "(Complex(x)).")))
function sqrt(x::Union{Float32,Float64})
    @inline
    x < zero(x) && _complex_domain(:sqrt, x)
    return sqrt_llvm(x)
end
sqrt(x::Real) = sqrt(float(x))
# libm's value is off by one ulp now and then; a Newton step with the exact cube mends that.
function cbrt(x::Float64)
    t = ccall(:cbrt, Float64, (Float64,), x)
    (t == 0 || !isfinite(t)) && return t
    square = t * t
    return t - (fma(square, t, -x) + fma(t, t, -square) * t) / 3square
end
cbrt(x::Union{Float16,Float32}) = oftype(x, cbrt(Float64(x)))
cbrt(x::Real) = cbrt(float(x))
fourthroot(x::Real) = sqrt(sqrt(x))
exp(x::Float64) = ccall(:exp, Float64, (Float64,), x)
exp2(x::Float64) = ccall(:exp2, Float64, (Float64,), x)
exp10(x::Float64) = ccall(:pow, Float64, (Float64, Float64), 10.0, x)
expm1(x::Float64) = ccall(:expm1, Float64, (Float64,), x)
log(x::Float64) = (x < 0.0 && _complex_domain(:log, x); ccall(:log, Float64, (Float64,), x))
log2(x::Float64) = (x < 0.0 && _complex_domain(:log2, x); ccall(:log2, Float64, (Float64,), x))
log10(x::Float64) = (x < 0.0 && _complex_domain(:log10, x); ccall(:log10, Float64, (Float64,), x))
log1p(x::Float64) = (x < -1.0 && throw(DomainError(x, "log1p was called with a real argument < -1 but will only return a complex result if called with a complex argument. Try log1p(Complex(x)).")); ccall(:log1p, Float64, (Float64,), x))
log(b::Number, x::Number) = log(promote(b, x)...)
log(b::T, x::T) where {T<:Number} = log(x) / log(b)

# --- Trigonometry ---------------------------------------------------------------------------------------------------
@noinline _infinite_domain(f, x) = throw(DomainError(x, string(f, "(x) is only defined for finite x.")))
sin(x::Float64) = (isinf(x) && _infinite_domain(:sin, x); ccall(:sin, Float64, (Float64,), x))
cos(x::Float64) = (isinf(x) && _infinite_domain(:cos, x); ccall(:cos, Float64, (Float64,), x))
tan(x::Float64) = (isinf(x) && _infinite_domain(:tan, x); ccall(:tan, Float64, (Float64,), x))
asin(x::Float64) = (abs(x) > 1.0 && throw(DomainError(x, "asin(x) is not defined for |x| > 1.")); ccall(:asin, Float64, (Float64,), x))
acos(x::Float64) = (abs(x) > 1.0 && throw(DomainError(x, "acos(x) not defined for |x| > 1")); ccall(:acos, Float64, (Float64,), x))
atan(x::Float64) = ccall(:atan, Float64, (Float64,), x)
sinh(x::Float64) = ccall(:sinh, Float64, (Float64,), x)
cosh(x::Float64) = ccall(:cosh, Float64, (Float64,), x)
tanh(x::Float64) = ccall(:tanh, Float64, (Float64,), x)
asinh(x::Float64) = ccall(:asinh, Float64, (Float64,), x)
acosh(x::Float64) = (x < 1.0 && throw(DomainError(x, "acosh(x) is only defined for x ≥ 1.")); ccall(:acosh, Float64, (Float64,), x))
atanh(x::Float64) = (abs(x) > 1.0 && throw(DomainError(x, "atanh(x) is only defined for |x| ≤ 1.")); ccall(:atanh, Float64, (Float64,), x))
atan(y::Float64, x::Float64) = ccall(:atan2, Float64, (Float64, Float64), y, x)
atan(y::Real, x::Real) = atan(Float64(y), Float64(x))
sincos(x) = (sin(x), cos(x))
# Of multiples of π: the angle is reduced to an eighth of a turn exactly, and π has two parts.
function _sin_halfturns(t)
    y = t * 3.141592653589793
    return sin(y) + cos(y) * (fma(t, 3.141592653589793, -y) + t * 1.2246467991473532e-16)
end
function _cos_halfturns(t)
    y = t * 3.141592653589793
    return cos(y) - sin(y) * (fma(t, 3.141592653589793, -y) + t * 1.2246467991473532e-16)
end
function sinpi(x::Real)
    isinf(x) && throw(DomainError(x, "`x` cannot be infinite."))
    r = abs(rem(Float64(x), 2.0))
    isnan(r) && return float(x)
    q = round(Int, 2r)
    t = r - q / 2
    y = q == 1 ? _cos_halfturns(t) : q == 2 ? -_sin_halfturns(t) : q == 3 ? -_cos_halfturns(t) : _sin_halfturns(t)
    y += 0.0 # no negative zero but by the sign of x
    return oftype(float(x), signbit(x) ? -y : y)
end
function cospi(x::Real)
    isinf(x) && throw(DomainError(x, "`x` cannot be infinite."))
    r = abs(rem(Float64(x), 2.0))
    isnan(r) && return float(x)
    q = round(Int, 2r)
    t = r - q / 2
    y = q == 1 ? -_sin_halfturns(t) : q == 2 ? -_cos_halfturns(t) : q == 3 ? _sin_halfturns(t) : _cos_halfturns(t)
    return oftype(float(x), y + 0.0)
end
function tanpi(x::Real)
    r = 4 * rem(Float64(x), 1.0)
    return abs(r) == 1 || abs(r) == 3 ? oftype(float(x), r == 1 || r == -3 ? 1 : -1) : sinpi(x) / cospi(x)
end
sincospi(x) = (sinpi(x), cospi(x))
sec(x) = inv(cos(x))
csc(x) = inv(sin(x))
cot(x) = inv(tan(x))
mod2pi(x::Real) = mod(float(x), oftype(float(x), 2π))
rem2pi(x::Real, r::RoundingMode) = rem(float(x), oftype(float(x), 2π), r)
asind(x) = rad2deg(asin(x))
acosd(x) = rad2deg(acos(x))
atand(x...) = rad2deg(atan(x...))
sinc(x::Real) = x == 0 ? one(float(x)) : isinf(x) ? zero(float(x)) : sinpi(x) / (π * x)
asec(x) = acos(inv(x))
acsc(x) = asin(inv(x))
acot(x) = atan(inv(x))
asech(x) = acosh(inv(x))
acsch(x) = asinh(inv(x))
acoth(x) = atanh(inv(x))
secd(x) = inv(cosd(x))
cscd(x) = inv(sind(x))
cotd(x) = inv(tand(x))
asecd(x) = rad2deg(asec(x))
acscd(x) = rad2deg(acsc(x))
acotd(x) = rad2deg(acot(x))
sincosd(x) = (sind(x), cosd(x))
# The derivative of sinc; a power series where the two terms cancel.
function cosc(x::Real)
    y = float(x)
    (y == 0 || isinf(y)) && return zero(y)
    abs(y) > 0.25 && return (π * y * cospi(y) - sinpi(y)) / (π * y * y)
    z, term, sum = (π * y)^2, one(y), zero(y)
    for k in 1:20
        term *= -z / (2k * (2k + 1))
        sum += 2k * term
    end
    return sum / y
end
sech(x) = inv(cosh(x))
csch(x) = inv(sinh(x))
coth(x) = inv(tanh(x))
deg2rad(x::Real) = float(x) * (π / 180)
rad2deg(x::Real) = float(x) * (180 / π)
# Degrees: exact at multiples of 30 and 90, since the angle is reduced before π comes in, and π/180 has two parts.
function _sin_degrees(d)
    y = d * 0.017453292519943295
    return sin(y) + cos(y) * (fma(d, 0.017453292519943295, -y) + d * 2.9486522708701687e-19)
end
function _cos_degrees(d)
    y = d * 0.017453292519943295
    return cos(y) - sin(y) * (fma(d, 0.017453292519943295, -y) + d * 2.9486522708701687e-19)
end
function sind(x::Real)
    isinf(x) && throw(DomainError(x, "`x` cannot be infinite."))
    r = abs(rem(Float64(x), 360.0))
    y = r <= 45 ? _sin_degrees(r) : r < 135 ? _cos_degrees(r - 90) : r <= 225 ? _sin_degrees(180 - r) :
        r < 315 ? -_cos_degrees(r - 270) : _sin_degrees(r - 360)
    return oftype(float(x), signbit(x) ? -y : y)
end
function cosd(x::Real)
    isinf(x) && throw(DomainError(x, "`x` cannot be infinite."))
    r = abs(rem(Float64(x), 360.0))
    y = r <= 45 ? _cos_degrees(r) : r < 135 ? _sin_degrees(90 - r) : r <= 225 ? -_cos_degrees(180 - r) :
        r < 315 ? _sin_degrees(r - 270) : _cos_degrees(360 - r)
    return oftype(float(x), y)
end
tand(x::Real) = (r = rem(x, 180); abs(r) == 45 ? float(sign(r)) : abs(r) == 135 ? -float(sign(r)) : sind(x) / cosd(x))
# The other types go through Float64 or by their float.
exp(x::Float32) = Float32(exp(Float64(x)))
exp(x::Float16) = Float16(exp(Float64(x)))
exp(x::Real) = exp(float(x))
exp2(x::Float32) = Float32(exp2(Float64(x)))
exp2(x::Float16) = Float16(exp2(Float64(x)))
exp2(x::Real) = exp2(float(x))
exp10(x::Float32) = Float32(exp10(Float64(x)))
exp10(x::Float16) = Float16(exp10(Float64(x)))
exp10(x::Real) = exp10(float(x))
expm1(x::Float32) = Float32(expm1(Float64(x)))
expm1(x::Float16) = Float16(expm1(Float64(x)))
expm1(x::Real) = expm1(float(x))
log(x::Float32) = Float32(log(Float64(x)))
log(x::Float16) = Float16(log(Float64(x)))
log(x::Real) = log(float(x))
log2(x::Float32) = Float32(log2(Float64(x)))
log2(x::Float16) = Float16(log2(Float64(x)))
log2(x::Real) = log2(float(x))
log10(x::Float32) = Float32(log10(Float64(x)))
log10(x::Float16) = Float16(log10(Float64(x)))
log10(x::Real) = log10(float(x))
log1p(x::Float32) = Float32(log1p(Float64(x)))
log1p(x::Float16) = Float16(log1p(Float64(x)))
log1p(x::Real) = log1p(float(x))
sin(x::Float32) = Float32(sin(Float64(x)))
sin(x::Float16) = Float16(sin(Float64(x)))
sin(x::Real) = sin(float(x))
cos(x::Float32) = Float32(cos(Float64(x)))
cos(x::Float16) = Float16(cos(Float64(x)))
cos(x::Real) = cos(float(x))
tan(x::Float32) = Float32(tan(Float64(x)))
tan(x::Float16) = Float16(tan(Float64(x)))
tan(x::Real) = tan(float(x))
asin(x::Float32) = Float32(asin(Float64(x)))
asin(x::Float16) = Float16(asin(Float64(x)))
asin(x::Real) = asin(float(x))
acos(x::Float32) = Float32(acos(Float64(x)))
acos(x::Float16) = Float16(acos(Float64(x)))
acos(x::Real) = acos(float(x))
atan(x::Float32) = Float32(atan(Float64(x)))
atan(x::Float16) = Float16(atan(Float64(x)))
atan(x::Real) = atan(float(x))
sinh(x::Float32) = Float32(sinh(Float64(x)))
sinh(x::Float16) = Float16(sinh(Float64(x)))
sinh(x::Real) = sinh(float(x))
cosh(x::Float32) = Float32(cosh(Float64(x)))
cosh(x::Float16) = Float16(cosh(Float64(x)))
cosh(x::Real) = cosh(float(x))
tanh(x::Float32) = Float32(tanh(Float64(x)))
tanh(x::Float16) = Float16(tanh(Float64(x)))
tanh(x::Real) = tanh(float(x))
asinh(x::Float32) = Float32(asinh(Float64(x)))
asinh(x::Float16) = Float16(asinh(Float64(x)))
asinh(x::Real) = asinh(float(x))
acosh(x::Float32) = Float32(acosh(Float64(x)))
acosh(x::Float16) = Float16(acosh(Float64(x)))
acosh(x::Real) = acosh(float(x))
atanh(x::Float32) = Float32(atanh(Float64(x)))
atanh(x::Float16) = Float16(atanh(Float64(x)))
atanh(x::Real) = atanh(float(x))
sqrt(x::Float16) = Float16(sqrt(Float32(x)))
exp(::Irrational{:ℯ}) = exp(Float64(ℯ))
log(::Irrational{:ℯ}) = 1
export sqrt, cbrt, exp, exp2, exp10, expm1, log, log2, log10, log1p, sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, acosh,
    atanh, sincos, sinpi, cospi, sec, csc, cot, deg2rad, rad2deg, sind, cosd, tand, asind, acosd, atand, mod2pi,
    rem2pi, sinc, cosc, asec, acsc, acot, sech, csch, coth, fourthroot, tanpi, sincospi, asech, acsch, acoth, secd, cscd, cotd,
    asecd, acscd, acotd, sincosd

# --- Powers ------------------------------------------------------------------------------------------------------------
function ^(x::Float64, y::Float64)
    x < 0 && isfinite(y) && !isinteger(y) &&
        throw(DomainError(x, string("Exponentiation yielding a complex result requires a complex argument.\nReplace x^y with (x+0im)^y, Complex(x)^y, or similar.")))
    return ccall(:pow, Float64, (Float64, Float64), x, y)
end
^(x::Float32, y::Float32) = Float32(Float64(x)^Float64(y))
^(x::Float16, y::Float16) = Float16(Float64(x)^Float64(y))
^(x::Float64, n::Integer) = n == 2 ? x * x : n == 3 ? x * x * x : ccall(:pow, Float64, (Float64, Float64), x, Float64(n))
^(x::Float32, n::Integer) = Float32(Float64(x)^n)
^(x::Float16, n::Integer) = Float16(Float64(x)^n)
^(::Irrational{:ℯ}, x::Number) = exp(x)
^(::Irrational{:ℯ}, x::Integer) = exp(x)

# --- The rest --------------------------------------------------------------------------------------------------------
hypot(x::Number) = abs(float(x))
function hypot(x::Real, y::Real)
    a, b = promote(float(x), float(y))
    return oftype(a, ccall(:hypot, Float64, (Float64, Float64), a, b))
end
hypot(x::Real, y::Real, z::Real...) = hypot(hypot(x, y), z...)
clamp(x::X, lo::L, hi::H) where {X,L,H} = (T = promote_type(X, L, H); x > hi ? convert(T, hi) : x < lo ? convert(T, lo) : convert(T, x))
clamp(x, ::Type{T}) where {T<:Integer} = clamp(x, typemin(T), typemax(T)) % T
clamp(x::Integer, r::AbstractUnitRange{<:Integer}) = clamp(x, first(r), last(r))
clamp!(a::AbstractArray, lo, hi) = (for i in eachindex(a); a[i] = clamp(a[i], lo, hi); end; a)
modf(x) = (i = trunc(x); (isinf(x) ? copysign(zero(x), x) : copysign(x - i, x), i))
function frexp(x::Float64)
    (x == 0 || !isfinite(x)) && return (x, 0)
    e = 0
    while abs(x) >= 1.0
        x /= 2; e += 1
    end
    while abs(x) < 0.5
        x *= 2; e -= 1
    end
    return (x, e)
end
ldexp(x::Float64, e::Integer) = ccall(:ldexp, Float64, (Float64, Int32), x, Int32(clamp(e, -5000, 5000)))
function exponent(x::AbstractFloat)
    isfinite(x) || throw(DomainError(x, "Cannot be NaN or Inf."))
    iszero(x) && throw(DomainError(x, "Cannot be ±0.0."))
    return frexp(Float64(x))[2] - 1
end
significand(x::AbstractFloat) = oftype(x, 2 * frexp(Float64(x))[1])
function evalpoly(x, p)
    n = length(p)
    r = p[n]
    for i in n-1:-1:1
        r = muladd(x, r, p[i])
    end
    return r
end
macro evalpoly(x, coefficients...)
    return :(evalpoly($(esc(x)), ($(map(esc, coefficients)...),)))
end
float(a::AbstractArray) = map(float, a)
issubnormal(x::AbstractFloat) = x != 0 && abs(x) < floatmin(x)
rtoldefault(::Type{T}) where {T<:AbstractFloat} = sqrt(eps(T))
rtoldefault(::Type{<:Real}) = 0
rtoldefault(x, y, atol) = atol > 0 ? 0.0 : Float64(max(rtoldefault(real(typeof(x))), rtoldefault(real(typeof(y)))))
real(::Type{T}) where {T<:Real} = T
function isapprox(x::Number, y::Number; atol::Real=0, rtol::Real=rtoldefault(x, y, atol), nans::Bool=false, norm=abs)
    x == y && return true
    isfinite(x) && isfinite(y) && return norm(x - y) <= max(atol, rtol * max(norm(x), norm(y)))
    return nans && isnan(x) && isnan(y)
end
isapprox(x::Integer, y::Integer; atol::Real=0, rtol::Real=0, nans::Bool=false, norm=abs) =
    x == y || norm(Float64(x) - Float64(y)) <= max(atol, rtol * max(norm(x), norm(y)))
function isapprox(x::AbstractArray, y::AbstractArray; atol::Real=0, rtol::Real=rtoldefault(zero(eltype(x)), zero(eltype(y)), atol), nans::Bool=false)
    size(x) == size(y) || return false
    d = sqrt(sum(abs2(a - b) for (a, b) in zip(x, y); init=0.0))
    isfinite(d) && return d <= max(atol, rtol * max(sqrt(sum(abs2, x; init=0.0)), sqrt(sum(abs2, y; init=0.0))))
    return all(isapprox(a, b; atol=atol, rtol=rtol, nans=nans) for (a, b) in zip(x, y))
end
isapprox(y; kwargs...) = x -> isapprox(x, y; kwargs...)
const ≈ = isapprox
≉(x, y; kwargs...) = !isapprox(x, y; kwargs...)
const ÷ = div
const √ = sqrt
const ∛ = cbrt
export hypot, clamp, clamp!, modf, frexp, ldexp, exponent, significand, evalpoly, @evalpoly, issubnormal, isapprox, ≈, ≉, ÷, √, ∛
