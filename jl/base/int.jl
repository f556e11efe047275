# SPDX-License-Identifier: MIT
# Machine integers.
using Core.Intrinsics: add_int, sub_int, mul_int, neg_int, and_int, or_int, xor_int, not_int, shl_int, lshr_int, ashr_int,
    checked_sdiv_int, checked_udiv_int, checked_srem_int, checked_urem_int, slt_int, ult_int, sle_int, ule_int, eq_int, ne_int,
    bitcast, trunc_int, sext_int, zext_int, ctpop_int, ctlz_int, cttz_int, bswap_int, flipsign_int,
    checked_sadd_int, checked_uadd_int, checked_ssub_int, checked_usub_int, checked_smul_int, checked_umul_int

# --- Types and conversion between them ---------------------------------------------------------------------
signed(::Type{Int8}) = Int8
signed(::Type{Int16}) = Int16
signed(::Type{Int32}) = Int32
signed(::Type{Int64}) = Int64
signed(::Type{Int128}) = Int128
signed(::Type{UInt8}) = Int8
signed(::Type{UInt16}) = Int16
signed(::Type{UInt32}) = Int32
signed(::Type{UInt64}) = Int64
signed(::Type{UInt128}) = Int128
unsigned(::Type{Int8}) = UInt8
unsigned(::Type{Int16}) = UInt16
unsigned(::Type{Int32}) = UInt32
unsigned(::Type{Int64}) = UInt64
unsigned(::Type{Int128}) = UInt128
unsigned(::Type{T}) where {T<:BitUnsigned} = T
unsigned(::Type{Bool}) = UInt
signed(::Type{Bool}) = Int
signed(x::BitInteger) = bitcast(signed(typeof(x)), x)
unsigned(x::BitInteger) = bitcast(unsigned(typeof(x)), x)
unsigned(x::Bool) = UInt(x)
signed(x::Bool) = Int(x)
widen(::Type{Int8}) = Int16
widen(::Type{Int16}) = Int32
widen(::Type{Int32}) = Int64
widen(::Type{Int64}) = Int128
widen(::Type{UInt8}) = UInt16
widen(::Type{UInt16}) = UInt32
widen(::Type{UInt32}) = UInt64
widen(::Type{UInt64}) = UInt128
widen(::Type{Float16}) = Float32
widen(::Type{Float32}) = Float64
export signed, unsigned

rem(x::T, ::Type{T}) where {T<:Integer} = x
function rem(x::S, ::Type{T}) where {T<:BitInteger,S<:BitInteger}
    @inline
    if sizeof(T) == sizeof(S)
        return bitcast(T, x)
    elseif sizeof(T) < sizeof(S)
        return trunc_int(T, x)
    elseif S <: Signed
        return sext_int(T, x)
    else
        return zext_int(T, x)
    end
end
rem(x::Bool, ::Type{T}) where {T<:BitInteger} = (@inline; sizeof(T) == 1 ? bitcast(T, x) : zext_int(T, x))
rem(x::BitInteger, ::Type{Bool}) = (x & one(x)) != zero(x)
unsafe_trunc(::Type{T}, x::Integer) where {T<:Integer} = rem(x, T)
const % = rem

(::Type{T})(x::T) where {T<:BitInteger} = x
function (::Type{T})(x::S) where {T<:BitInteger,S<:BitInteger}
    @inline
    y = rem(x, T)
    # It fits when the way back gives x again and the sign is the same.
    (rem(y, S) === x) & ((y < zero(T)) === (x < zero(S))) || _throw_inexact(T, x)
    return y
end
(::Type{T})(x::Bool) where {T<:BitInteger} = rem(x, T)
@noinline _throw_inexact(T, x) = throw(InexactError(!(x isa Integer) ? nameof(T) : sizeof(T) < sizeof(x) ? :trunc : :check_top_bit, T, x))
convert(::Type{T}, x::Number) where {T<:Number} = T(x)::T
convert(::Type{T}, x::T) where {T<:Number} = x
Integer(x::Integer) = x
Integer(x::Real) = Int(x)
Signed(x::BitInteger) = signed(x)
Unsigned(x::BitInteger) = x isa Signed ? (x < 0 ? throw(InexactError(:Unsigned, Unsigned, x)) : unsigned(x)) : x

function promote_rule(::Type{T}, ::Type{S}) where {T<:BitInteger,S<:BitInteger}
    @inline
    return sizeof(T) > sizeof(S) ? T : sizeof(T) < sizeof(S) ? S : T <: Unsigned ? T : S
end
typemin(::Type{T}) where {T<:BitUnsigned} = zero(T)
typemax(::Type{T}) where {T<:BitUnsigned} = ~zero(T)
typemax(::Type{T}) where {T<:BitSigned} = bitcast(T, lshr_int(bitcast(unsigned(T), ~zero(T)), one(unsigned(T))))
typemin(::Type{T}) where {T<:BitSigned} = ~typemax(T)
typemin(x::T) where {T<:Real} = typemin(T)
typemax(x::T) where {T<:Real} = typemax(T)
zero(::Type{T}) where {T<:BitInteger} = rem(0, T)
one(::Type{T}) where {T<:BitInteger} = rem(1, T)
export typemin, typemax

# --- Arithmetic ---------------------------------------------------------------------------------------------
+(x::T, y::T) where {T<:BitInteger} = add_int(x, y)
-(x::T, y::T) where {T<:BitInteger} = sub_int(x, y)
*(x::T, y::T) where {T<:BitInteger} = mul_int(x, y)
-(x::BitInteger) = neg_int(x)
+(x::BitInteger) = x
==(x::T, y::T) where {T<:BitInteger} = eq_int(x, y)
!=(x::T, y::T) where {T<:BitInteger} = ne_int(x, y)
<(x::T, y::T) where {T<:BitSigned} = slt_int(x, y)
<(x::T, y::T) where {T<:BitUnsigned} = ult_int(x, y)
<=(x::T, y::T) where {T<:BitSigned} = sle_int(x, y)
<=(x::T, y::T) where {T<:BitUnsigned} = ule_int(x, y)
# Comparisons of mixed signedness look at the values, not at the bits.
==(x::BitSigned, y::BitUnsigned) = (x >= zero(x)) & (unsigned(x) == y)
==(x::BitUnsigned, y::BitSigned) = (y >= zero(y)) & (x == unsigned(y))
<(x::BitSigned, y::BitUnsigned) = (x < zero(x)) | (unsigned(x) < y)
<(x::BitUnsigned, y::BitSigned) = (y >= zero(y)) & (x < unsigned(y))
<=(x::BitSigned, y::BitUnsigned) = (x < zero(x)) | (unsigned(x) <= y)
<=(x::BitUnsigned, y::BitSigned) = (y >= zero(y)) & (x <= unsigned(y))

div(x::T, y::T) where {T<:BitSigned} = checked_sdiv_int(x, y)
div(x::T, y::T) where {T<:BitUnsigned} = checked_udiv_int(x, y)
rem(x::T, y::T) where {T<:BitSigned} = checked_srem_int(x, y)
rem(x::T, y::T) where {T<:BitUnsigned} = checked_urem_int(x, y)
function fld(x::T, y::T) where {T<:BitSigned}
    d = div(x, y)
    return d - (signbit(xor(x, y)) & (d * y != x)) % T
end
fld(x::T, y::T) where {T<:BitUnsigned} = div(x, y)
function cld(x::T, y::T) where {T<:BitSigned}
    d = div(x, y)
    return d + (!signbit(xor(x, y)) & (d * y != x)) % T
end
function cld(x::T, y::T) where {T<:BitUnsigned}
    d = div(x, y)
    return d + (d * y != x) % T
end
function mod(x::T, y::T) where {T<:BitSigned}
    y == -one(T) && return zero(T) # typemin % -1 would trap
    r = rem(x, y)
    return (r == zero(T)) | (signbit(r) === signbit(y)) ? r : r + y
end
mod(x::T, y::T) where {T<:BitUnsigned} = rem(x, y)
mod(x::Integer, ::Type{T}) where {T<:Integer} = rem(x, T)
/(x::T, y::T) where {T<:BitInteger} = Float64(x) / Float64(y)
inv(x::Integer) = 1.0 / Float64(x)

(&)(x::T, y::T) where {T<:BitInteger} = and_int(x, y)
(|)(x::T, y::T) where {T<:BitInteger} = or_int(x, y)
xor(x::T, y::T) where {T<:BitInteger} = xor_int(x, y)
~(x::BitInteger) = not_int(x)
# A count is brought to x's type; one past the width stays past the width.
_shift_count(x::T, y::Unsigned) where {T} = (@inline; y < (8 * sizeof(T)) % typeof(y) ? y % T : (8 * sizeof(T)) % T)
<<(x::BitInteger, y::BitUnsigned) = shl_int(x, _shift_count(x, y))
>>>(x::T, y::BitUnsigned) where {T<:BitInteger} = bitcast(T, lshr_int(unsigned(x), unsigned(_shift_count(x, y))))
>>(x::BitSigned, y::BitUnsigned) = ashr_int(x, _shift_count(x, y))
>>(x::BitUnsigned, y::BitUnsigned) = lshr_int(x, _shift_count(x, y))
<<(x::BitInteger, y::Int) = (@inline; y >= 0 ? x << unsigned(y) : x >> unsigned(-y))
>>(x::BitInteger, y::Int) = (@inline; y >= 0 ? x >> unsigned(y) : x << unsigned(-y))
>>>(x::BitInteger, y::Int) = (@inline; y >= 0 ? x >>> unsigned(y) : x << unsigned(-y))
<<(x::Bool, y::Integer) = Int(x) << y
>>(x::Bool, y::Integer) = Int(x) >> y
>>>(x::Bool, y::Integer) = Int(x) >>> y

signbit(x::BitSigned) = x < zero(x)
signbit(x::Unsigned) = false
abs(x::BitSigned) = flipsign(x, x)
abs(x::Unsigned) = x
flipsign(x::T, y::T) where {T<:BitSigned} = flipsign_int(x, y)
flipsign(x::Signed, y::Real) = signbit(y) ? -x : x
copysign(x::Signed, y::Real) = signbit(x) == signbit(y) ? x : -x
sign(x::Integer) = ifelse(x < zero(x), oftype(x, -1), ifelse(x > zero(x), one(x), x))
sign(x::Unsigned) = ifelse(x > zero(x), one(x), zero(x))
count_ones(x::BitInteger) = ctpop_int(x) % Int
count_zeros(x::Integer) = count_ones(~x)
leading_zeros(x::BitInteger) = ctlz_int(x) % Int
trailing_zeros(x::BitInteger) = cttz_int(x) % Int
leading_ones(x::Integer) = leading_zeros(~x)
trailing_ones(x::Integer) = trailing_zeros(~x)
bswap(x::BitInteger) = bswap_int(x)
function bitreverse(x::T) where {T<:BitInteger}
    y = zero(unsigned(T))
    u = unsigned(x)
    for _ in 1:8*sizeof(T)
        y = y << 1 | (u & one(u))
        u >>= 1
    end
    return bitcast(T, y)
end
hton(x::BitInteger) = bswap(x)
ntoh(x::BitInteger) = bswap(x)
htol(x::BitInteger) = x
ltoh(x::BitInteger) = x
bitrotate(x::T, k::Integer) where {T<:BitInteger} = (x << (mod(k, 8 * sizeof(T)))) | (x >>> (8 * sizeof(T) - mod(k, 8 * sizeof(T))))
iseven(x::Integer) = !isodd(x)
isodd(x::Integer) = (x & one(x)) == one(x)
isodd(x::Bool) = x
iseven(x::AbstractFloat) = isinteger(x) && rem(x, 2) == 0
isodd(x::AbstractFloat) = isinteger(x) && abs(rem(x, 2)) == 1
export div, rem, mod, fld, cld, abs, sign, signbit, flipsign, copysign, count_ones, count_zeros, leading_zeros, trailing_zeros,
    leading_ones, trailing_ones, bswap, bitrotate, bitreverse, hton, ntoh, htol, ltoh, iseven, isodd, inv, %, ~

trunc(::Type{T}, x::Integer) where {T<:Integer} = convert(T, x)
floor(::Type{T}, x::Integer) where {T<:Integer} = convert(T, x)
ceil(::Type{T}, x::Integer) where {T<:Integer} = convert(T, x)
round(::Type{T}, x::Integer) where {T<:Integer} = convert(T, x)

# --- Powers ---------------------------------------------------------------------------------------------------
function power_by_squaring(x, p::Integer)
    if p < 0
        isone(x) && return one(x)
        x == -1 && return isodd(p) ? -one(x) : one(x)
        throw(DomainError(p, string("Cannot raise an integer x to a negative power ", p, ".\nMake x or ", p,
                                    " a float by adding a zero decimal (e.g., 2.0^", p, " or 2^", p, ".0 instead of 2^", p,
                                    ") or write 1/x^", -p, ", float(x)^", p, ", x^float(", p, ") or (x//1)^", p, ".")))
    end
    p == 0 && return one(x)
    p == 1 && return copy(x)
    while iseven(p)
        x *= x
        p >>= 1
    end
    result = x
    p >>= 1
    while p > 0
        x *= x
        isodd(p) && (result *= x)
        p >>= 1
    end
    return result
end
^(x::T, p::T) where {T<:Integer} = power_by_squaring(x, p)
^(x::Number, p::Integer) = power_by_squaring(x, p)
^(x::Integer, p::Integer) = power_by_squaring(x, p)
^(x::Integer, p::Bool) = p ? x : one(x)
# x^2 with a literal exponent.
literal_pow(f, x, ::Val{p}) where {p} = p < 0 ? _negative_pow(f, x, p) : f(x, p)
_negative_pow(f, x, p) = f(x, p)
_negative_pow(::typeof(^), x::BitInteger, p) = Float64(x)^p
_negative_pow(::typeof(^), x::Union{Number,AbstractArray}, p) = inv(x)^(-p)
_negative_pow(::typeof(^), x::IEEEFloat, p) = x^p
literal_pow(::typeof(^), x::Union{BitInteger,IEEEFloat}, ::Val{0}) = one(x)
literal_pow(::typeof(^), x::Union{BitInteger,IEEEFloat}, ::Val{1}) = x
literal_pow(::typeof(^), x::Union{BitInteger,IEEEFloat}, ::Val{2}) = x * x
literal_pow(::typeof(^), x::Union{BitInteger,IEEEFloat}, ::Val{3}) = x * x * x
literal_pow(::typeof(^), x::IEEEFloat, ::Val{-1}) = inv(x)
literal_pow(::typeof(^), x::IEEEFloat, ::Val{-2}) = (i = inv(x); i * i)

# --- Number theory ----------------------------------------------------------------------------------------------
function gcd(a::T, b::T) where {T<:Integer}
    while b != 0
        a, b = b, rem(a, b)
    end
    r = abs(a)
    r < 0 && throw(OverflowError(string("gcd(", a, ", ", b, ") overflows")))
    return r
end
gcd(a::Integer) = abs(a)
gcd(a::Integer, b::Integer) = gcd(promote(a, b)...)
gcd(a::Integer, b::Integer, c::Integer, d::Integer...) = gcd(gcd(a, b), c, d...)
gcd(a::AbstractArray) = reduce(gcd, a; init=zero(eltype(a)))
function lcm(a::T, b::T) where {T<:Integer}
    (a == 0 || b == 0) && return zero(T)
    r, overflow = mul_with_overflow(a, div(b, gcd(b, a)))
    r = abs(r)
    (overflow || r < 0) && throw(OverflowError(string("lcm(", a, ", ", b, ") overflows")))
    return r
end
lcm(a::Integer) = abs(a)
lcm(a::Bool, b::Bool) = a & b
lcm(a::Integer, b::Integer) = lcm(promote(a, b)...)
lcm(a::Integer, b::Integer, c::Integer, d::Integer...) = lcm(lcm(a, b), c, d...)
lcm(a::AbstractArray) = reduce(lcm, a; init=one(eltype(a)))
function gcdx(a::T, b::T) where {T<:Integer}
    s0, s1 = one(T), zero(T)
    t0, t1 = s1, s0
    x, y = a, b
    while y != 0
        q = div(x, y)
        x, y = y, rem(x, y)
        s0, s1 = s1, s0 - q * s1
        t0, t1 = t1, t0 - q * t1
    end
    return x < 0 ? (-x, -s0, -t0) : (x, s0, t0)
end
gcdx(a::Integer, b::Integer) = gcdx(promote(a, b)...)
function invmod(n::Integer, m::Integer)
    m == 0 && throw(DomainError(m, "`m` must not be 0."))
    g, x, y = gcdx(n, m)
    g != 1 && throw(DomainError((n, m), "Greatest common divisor is $g."))
    return mod(x, m)
end
function powermod(x::Integer, p::Integer, m::T) where {T<:Integer}
    p < 0 && return powermod(invmod(x, m), -p, m)
    p == 0 && return mod(one(m), m)
    (m == 1 || m == -1) && return zero(m)
    b = widen(mod(x, m))
    w = widen(m)
    r = one(b)
    while p > 0
        isodd(p) && (r = mod(r * b, w))
        b = mod(b * b, w)
        p >>= 1
    end
    return convert(T, r)
end
function isqrt(n::Integer)
    n < 0 && return oftype(n, sqrt(Float64(n)))
    n == 0 && return n
    x = oftype(n, trunc(sqrt(Float64(n))))
    while x * x > n || x * x < 0
        x -= one(x)
    end
    while (x + one(x)) * (x + one(x)) <= n && (x + one(x)) * (x + one(x)) > 0
        x += one(x)
    end
    return x
end
function factorial(n::Integer)
    n < 0 && throw(DomainError(n, "`n` must not be negative."))
    n > 20 && throw(OverflowError(string(n, " is too large to look up in the table; consider using `factorial(big(", n, "))` instead")))
    r = 1
    for i in 2:n
        r *= i
    end
    return r
end
function binomial(n::T, k::T) where {T<:Integer}
    k < 0 && return zero(T)
    sgn = one(T)
    if n < 0
        n = -n + k - one(T)
        isodd(k) && (sgn = -sgn)
    end
    k > n && return zero(T)
    (k == 0 || k == n) && return sgn
    k == 1 && return sgn * n
    k > (n >> 1) && (k = n - k)
    x = nn = n - k + one(T)
    nn += one(T)
    rr = T(2)
    while rr <= k
        xt = div(widemul(x, nn), rr)
        x = xt % T
        x == xt || throw(OverflowError(string("binomial(", n, ", ", k, ") overflows")))
        rr += one(T)
        nn += one(T)
    end
    return x * sgn
end
binomial(n::Integer, k::Integer) = binomial(promote(n, k)...)
widemul(x::Number, y::Number) = widen(x) * widen(y)
ispow2(x::Integer) = x > 0 && count_ones(x) == 1
ispow2(x::AbstractFloat) = x > 0 && isfinite(x) && frexp(x)[1] == 0.5
function nextpow(a::Real, x::Real)
    x <= 0 && throw(DomainError(x, "`x` must be positive."))
    x <= 1 && return one(a)
    a <= 1 && throw(DomainError(a, "`a` must be greater than 1."))
    a == 2 && x isa BitInteger && return oftype(x, 1) << (8 * sizeof(x) - leading_zeros(x - one(x)))
    p = one(a)
    while p < x
        p = _next_power(p, a)
    end
    return p
end
function prevpow(a::Real, x::Real)
    x < 1 && throw(DomainError(x, "`x` must be ≥ 1."))
    x == 1 && return one(a)
    a == 2 && x isa BitInteger && return oftype(x, 1) << (8 * sizeof(x) - 1 - leading_zeros(x))
    a <= 1 && throw(DomainError(a, "`a` must be greater than 1."))
    p = one(a)
    while _fits_again(p, a, x)
        p *= a
    end
    return p
end
_fits_again(p, a, x) = p * a <= x
_fits_again(p::Integer, a::Integer, x::Integer) = p <= div(x, a)
_next_power(p, a) = p * a
_next_power(p::T, a::T) where {T<:BitInteger} = checked_mul(p, a)
# The least product of powers of the factors that is not below x.
function nextprod(factors::Union{Tuple{Vararg{Integer}},AbstractVector{<:Integer}}, x::Real)
    isempty(factors) && throw(ArgumentError("require non-empty factor list"))
    all(f -> f > 1, factors) || throw(ArgumentError("all factors must be greater than 1"))
    return _least_product(1, Tuple(factors), x, typemax(Int))
end
_least_product(p, ::Tuple{}, x, best) = p >= x ? min(p, best) : best
function _least_product(p, factors, x, best)
    while true
        best = _least_product(p, tail(factors), x, best)
        (p >= x || p >= best) && return best
        p, overflows = mul_with_overflow(p, Int(factors[1]))
        overflows && return best
    end
end
export gcd, lcm, gcdx, invmod, powermod, isqrt, factorial, binomial, widemul, ispow2, nextpow, nextprod, prevpow

divrem(x, y) = (div(x, y), rem(x, y))
fldmod(x, y) = (fld(x, y), mod(x, y))
mod1(x::T, y::T) where {T<:Integer} = (m = mod(x, y); ifelse(m == 0, y, m))
mod1(x::T, y::T) where {T<:Real} = (m = mod(x, y); ifelse(m == 0, y, m))
fld1(x::T, y::T) where {T<:Integer} = fld(x + y - mod1(x, y), y)
fldmod1(x, y) = (fld1(x, y), mod1(x, y))
export divrem, fldmod, mod1, fld1, fldmod1

function ndigits(n::Integer; base::Integer=10, pad::Integer=1)
    abs(base) > 1 || throw(DomainError(base, "The base must not be in [-1, 0, 1]"))
    d = 0
    m = n
    while m != 0
        m = base > 0 ? div(m, base) : cld(m, base)
        d += 1
    end
    return max(d, pad)
end
function digits!(a::AbstractVector{T}, n::Integer; base::Integer=10) where {T<:Integer}
    abs(base) > 1 || throw(DomainError(base, "base must be ≥ 2 or ≤ -2"))
    m = n
    for i in eachindex(a)
        if base > 0
            a[i] = rem(m, base)
            m = div(m, base)
        else
            a[i] = mod(m, -base)
            m = cld(m - a[i], base)
        end
    end
    return a
end
digits(n::Integer; base::Integer=10, pad::Integer=1) = digits!(zeros(Int, ndigits(n; base=base, pad=pad)), n; base=base)
digits(::Type{T}, n::Integer; base::Integer=10, pad::Integer=1) where {T<:Integer} =
    digits!(zeros(T, ndigits(n; base=base, pad=pad)), n; base=base)
export ndigits, digits, digits!

module Checked
using Core.Intrinsics: checked_sadd_int, checked_uadd_int, checked_ssub_int, checked_usub_int, checked_smul_int, checked_umul_int
using Base: BitSigned, BitUnsigned, BitInteger
add_with_overflow(x::T, y::T) where {T<:BitSigned} = checked_sadd_int(x, y)
add_with_overflow(x::T, y::T) where {T<:BitUnsigned} = checked_uadd_int(x, y)
sub_with_overflow(x::T, y::T) where {T<:BitSigned} = checked_ssub_int(x, y)
sub_with_overflow(x::T, y::T) where {T<:BitUnsigned} = checked_usub_int(x, y)
mul_with_overflow(x::T, y::T) where {T<:BitSigned} = checked_smul_int(x, y)
mul_with_overflow(x::T, y::T) where {T<:BitUnsigned} = checked_umul_int(x, y)
@noinline _overflow(op, x, y) = throw(OverflowError(string(x, " ", op, " ", y, " overflowed for type ", typeof(x))))
function checked_add(x::T, y::T) where {T<:BitInteger}
    @inline
    r, o = add_with_overflow(x, y)
    o && _overflow("+", x, y)
    return r
end
function checked_sub(x::T, y::T) where {T<:BitInteger}
    @inline
    r, o = sub_with_overflow(x, y)
    o && _overflow("-", x, y)
    return r
end
function checked_mul(x::T, y::T) where {T<:BitInteger}
    @inline
    r, o = mul_with_overflow(x, y)
    o && _overflow("*", x, y)
    return r
end
checked_add(x::Integer, y::Integer) = checked_add(promote(x, y)...)
checked_sub(x::Integer, y::Integer) = checked_sub(promote(x, y)...)
checked_mul(x::Integer, y::Integer) = checked_mul(promote(x, y)...)
checked_neg(x::BitInteger) = checked_sub(zero(x), x)
checked_abs(x::BitSigned) = x < 0 ? checked_neg(x) : x
export checked_add, checked_sub, checked_mul, checked_neg, checked_abs, add_with_overflow, sub_with_overflow, mul_with_overflow
end
using .Checked: add_with_overflow, sub_with_overflow, mul_with_overflow, checked_add, checked_sub, checked_mul, checked_neg, checked_abs
