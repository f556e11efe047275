# Integers: wrap-around, division in all its roundings, bits, number theory, digits, conversion, promotion.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test

message(f) = try
    f()
    "no error"
catch e
    sprint(showerror, e)
end
const SIGNED = (Int8, Int16, Int32, Int64, Int128)
const UNSIGNED = (UInt8, UInt16, UInt32, UInt64, UInt128)

@testset "wrap-around" begin
    for T in SIGNED
        @test typemax(T) + one(T) === typemin(T) && typemin(T) - one(T) === typemax(T) && -typemin(T) === typemin(T) && abs(typemin(T)) === typemin(T)
        @test typemax(T) * T(2) === T(-2) && sizeof(T) * 8 == count_ones(T(-1)) && typemin(T) < 0 < typemax(T)
    end
    for T in UNSIGNED
        @test typemax(T) + one(T) === zero(T) && zero(T) - one(T) === typemax(T) && -one(T) === typemax(T) && typemin(T) === zero(T)
        @test ~zero(T) === typemax(T) && abs(typemax(T)) === typemax(T) && sign(zero(T)) === zero(T) && sign(typemax(T)) === one(T)
    end
    @test 2^63 === typemin(Int) && 2^64 === 0 && Int8(100) + Int8(100) === Int8(-56) && UInt8(200) * UInt8(2) === 0x90 && 10^19 === -8446744073709551616
    @test Int8(5) + Int16(3) === Int16(8) && Int8(5) + UInt8(3) === 0x08 && Int8(1) + 1 === 2 && UInt8(1) + 1 === 2 && UInt64(1) + 1 === UInt64(2) && Int8(1) + true === Int8(2)
    @test Int32(7) / Int32(2) === 3.5 && 7 / 2 === 3.5 && 1 / 0 === Inf && 0 / 0 !== 0.0 && -1 / 0 === -Inf
end
@testset "division" begin
    @test div(7, 2) === 3 && div(-7, 2) === -3 && div(7, -2) === -3 && div(-7, -2) === 3 && 7 ÷ 2 === 3
    @test fld(7, 2) === 3 && fld(-7, 2) === -4 && fld(7, -2) === -4 && cld(7, 2) === 4 && cld(-7, 2) === -3 && cld(7, -2) === -3
    @test rem(7, 3) === 1 && rem(-7, 3) === -1 && rem(7, -3) === 1 && mod(-7, 3) === 2 && mod(7, -3) === -2 && mod(-7, -3) === -1 && -7 % 3 === -1
    @test mod1(3, 3) === 3 && mod1(4, 3) === 1 && mod1(0, 3) === 3 && mod1(-1, 3) === 2 && fld1(3, 3) === 1 && fld1(4, 3) === 2 && fldmod1(7, 3) === (3, 1) && fldmod1(6, 3) === (2, 3)
    @test divrem(7, 3) === (2, 1) && divrem(-7, 3) === (-2, -1) && fldmod(-7, 3) === (-3, 2) && divrem(0x07, 0x02) === (0x03, 0x01)
    @test div(7, 2, RoundUp) === 4 && div(-7, 2, RoundDown) === -4 && div(7, 2, RoundNearest) === 4 && div(5, 2, RoundNearest) === 2 && div(7, 2, RoundToZero) === 3 && div(5, 2, RoundNearestTiesAway) === 3 && div(-5, 2, RoundNearestTiesUp) === -2
    @test rem(7, 2, RoundUp) === -1 && rem(-7, 3, RoundDown) === 2 && rem(8, 3, RoundNearest) === -1 && divrem(7, 3, RoundUp) === (3, -2) && divrem(-7, 3, RoundDown) === (-3, 2) && div(-7, 2, RoundFromZero) === -4
    @test div(0x07, 0x02) === 0x03 && cld(0x07, 0x02) === 0x04 && mod(0x07, 0x04) === 0x03 && div(Int8(-128), Int8(2)) === Int8(-64) && rem(typemin(Int), -1) === 0 && mod(typemin(Int), -1) === 0
    @test div(7, 2.0) === 3.0 && 7 ÷ 2.5 === 2.0 && mod(7, 2.5) === 2.0 && div(true, true) === true && div(UInt8(7), 2) === 3 && div(7, true) === 7
    @test_throws DivideError div(1, 0)
    @test_throws DivideError rem(1, 0)
    @test_throws DivideError mod(1, 0)
    @test_throws DivideError fld(0x01, 0x00)
    @test_throws DivideError cld(1, 0)
    @test_throws DivideError divrem(1, 0)
    @test_throws DivideError div(typemin(Int), -1)
    @test_throws DivideError mod1(1, 0)
    @test message(() -> div(1, 0)) == "DivideError: integer division error"
end
@testset "powers and roots" begin
    @test 2^10 === 1024 && (-2)^3 === -8 && 0^0 === 1 && 7^0 === 1 && Int8(2)^7 === Int8(-128) && 0x02^8 === 0x00 && 2^0x03 === 8 && 2.0^3 === 8.0 && 2^3.0 === 8.0 && true^2 === true
    @test 1^-1 === 1.0 && (-1)^-3 === -1.0 && [1, -1] .^ -3 == [1, -1] && 2^-1 === 0.5 && 2.0^-2 === 0.25 && 10^-3 === 0.001
    n = -1
    @test_throws DomainError 2^n
    @test startswith(message(() -> 2^n), "DomainError with -1:\nCannot raise an integer x to a negative power -1.") && occursin("2.0^-1", message(() -> 2^n))
    @test isqrt(17) === 4 && isqrt(16) === 4 && isqrt(0) === 0 && isqrt(typemax(Int)) === 3037000499 && isqrt(UInt8(255)) === 0x0f && isqrt(Int128(10)^30) === Int128(10)^15
    @test startswith(message(() -> isqrt(-1)), "DomainError with -1.0:\nsqrt was called with a negative real argument but will only return a complex result if called with a complex argument.")
    @test_throws DomainError isqrt(-1)
    @test nextpow(2, 7) === 8 && nextpow(2, 8) === 8 && prevpow(2, 7) === 4 && prevpow(2, 8) === 8 && nextpow(5, 20) === 25 && ispow2(8) && !ispow2(6) && !ispow2(0) && !ispow2(-8) && ispow2(0.5)
    @test abs2(-3) === 9 && abs(-3) === 3 && sign(-3) === -1 && sign(0) === 0 && copysign(3, -1) === -3 && flipsign(3, -1) === -3 && flipsign(-3, -1) === 3 && signbit(-1) && !signbit(0) && copysign(3, -0.0) === -3
    @test inv(2) === 0.5 && inv(4.0) === 0.25 && cbrt(27) === 3.0 && sqrt(16) === 4.0 && hypot(3, 4) === 5.0
end
@testset "number theory" begin
    @test gcd(12, 18) === 6 && gcd(-12, 18) === 6 && gcd(0, 5) === 5 && gcd(0, 0) === 0 && gcd(12, 18, 27) === 3 && gcd([12, 18, 24]) === 6 && gcd(0x0c, 0x12) === 0x06 && gcd(Int8(12), 18) === 6
    @test lcm(4, 6) === 12 && lcm(-4, 6) === 12 && lcm(0, 5) === 0 && lcm(2, 3, 4) === 12 && lcm([2, 3, 4]) === 12 && gcd(Int[]) === 0 && lcm(Int[]) === 1 && gcd(7) === 7 && lcm(-7) === 7
    @test gcdx(12, 42) === (6, -3, 1) && gcdx(240, 46) === (2, -9, 47)
    @test invmod(3, 7) === 5 && invmod(2, 5) === 3 && powermod(2, 6, 5) === 4 && powermod(2, 10, 1000) === 24 && powermod(5, 3, 19) === 11 && powermod(2, -1, 5) === 3 && powermod(3, 10^15, 10^9 + 7) isa Int && powermod(7, 0, 1) === 0
    @test_throws DomainError invmod(2, 4)
    @test factorial(0) === 1 && factorial(5) === 120 && factorial(20) === 2432902008176640000 && factorial(Int8(5)) === 120
    @test message(() -> factorial(21)) == "OverflowError: 21 is too large to look up in the table; consider using `factorial(big(21))` instead"
    @test message(() -> factorial(-1)) == "DomainError with -1:\n`n` must not be negative."
    @test binomial(5, 2) === 10 && binomial(5, 0) === 1 && binomial(5, 6) === 0 && binomial(-5, 3) === -35 && binomial(5, -1) === 0 && binomial(60, 30) === 118264581564861424 && binomial(Int8(5), Int8(2)) === Int8(10)
    @test_throws OverflowError binomial(100, 50)
    @test message(() -> binomial(100, 50)) == "OverflowError: binomial(100, 50) overflows"
    @test_throws MethodError factorial(2.5)
end
@testset "bits" begin
    @test 5 & 3 === 1 && 5 | 3 === 7 && 5 ⊻ 3 === 6 && xor(5, 3) === 6 && ~5 === -6 && ~0x05 === 0xfa && 5 ⊼ 3 === -2 && 5 ⊽ 3 === -8 && nand(true, true) === false && nor(false, false) === true
    @test true & false === false && true | false === true && true ⊻ true === false && (&)(7, 6, 12) === 4 && (|)(1, 2, 4) === 7 && xor(1, 2, 4) === 7 && 0x0f & 3 === 3 && 0x0f & 0x3 === 0x03
    @test 1 << 3 === 8 && 16 >> 2 === 4 && -16 >> 2 === -4 && -1 >>> 60 === 15 && 1 << 64 === 0 && 1 << 63 === typemin(Int) && 1 >> 64 === 0 && -1 >> 100 === -1 && 1 << -1 === 0 && 8 >> -1 === 16 && 0x80 << 1 === 0x00 && 0x80 >> 7 === 0x01 && Int8(-128) >> 7 === Int8(-1) && Int8(-1) >>> 4 === Int8(15)
    @test count_ones(7) === 3 && count_ones(-1) === 64 && count_zeros(Int8(7)) === 5 && leading_zeros(1) === 63 && leading_zeros(0x01) === 7 && trailing_zeros(8) === 3 && trailing_zeros(0) === 64 && leading_ones(-1) === 64 && trailing_ones(7) === 3 && leading_zeros(0) === 64
    @test bitstring(5) == "0"^61 * "101" && bitstring(0x05) == "00000101" && bitstring(Int8(-1)) == "11111111" && bitstring(1.0) == "0011111111110000" * "0"^48 && bitstring(true) == "00000001" && bitstring(Int16(-2)) == "1111111111111110" && bitstring(1.0f0) == "00111111100000000000000000000000"
    @test bswap(0x1234) === 0x3412 && bitrotate(0b01110010, 2) === 0b11001001 && bitrotate(0b01110010, -1) === 0b00111001 && bitreverse(0b10000001) === 0b10000001 && bitreverse(0x01) === 0x80 && ntoh(hton(0x1234)) === 0x1234 && bitreverse(1) === typemin(Int)
    @test iseven(4) && isodd(-3) && !isodd(0) && iseven(0) && isodd(true) && iseven(2.0) && isodd(3.0) && !isodd(2.5)
    @test isone(1) && iszero(0) && isone(true) && !isone(2) && iszero(0x00) && isinteger(5) && isinteger(5.0) && !isinteger(5.5) && isreal(3) && !isinteger(Inf)
end
@testset "digits" begin
    @test digits(123) == [3, 2, 1] && digits(0) == [0] && digits(5, base=2) == [1, 0, 1] && digits(5, base=2, pad=5) == [1, 0, 1, 0, 0] && digits(-123) == [-3, -2, -1] && digits(255; base=16) == [15, 15] && digits(10, pad=4) == [0, 1, 0, 0]
    @test eltype(digits(Int8, 12)) === Int8 && digits(UInt8, 255) == UInt8[5, 5, 2] && digits!(zeros(Int, 3), 12) == [2, 1, 0] && reverse(digits(1234)) == [1, 2, 3, 4] && sum(digits(999)) == 27 && digits(5, base=-2) == [1, 0, 1] && eltype(digits(0x0f)) === Int && digits(true) == [1]
    @test ndigits(0) === 1 && ndigits(12345) === 5 && ndigits(-100) === 3 && ndigits(8, base=2) === 4 && ndigits(5, pad=3) === 3 && ndigits(255, base=16) === 2 && ndigits(typemax(Int)) === 19 && ndigits(0xff) === 3 && ndigits(10^18) === 19 && ndigits(5, base=-2) === 3
    @test_throws DomainError digits(5, base=1)
    @test string(255, base=16) == "ff" && string(5, base=2, pad=8) == "00000101" && string(-255, base=16) == "-ff" && string(7, pad=3) == "007" && string(-7, pad=3) == "-007" && string(61, base=62) == "z" && string(0x1f) == "31" && string(0, base=2) == "0" && string(typemin(Int), base=10) == "-9223372036854775808" && string(typemin(Int8), base=2) == "-10000000" && string(true, base=2) == "1"
    @test string(UInt64(2)^63) == "9223372036854775808" && string(Int128(10)^30) == "1" * "0"^30 && string(typemax(UInt128)) == "340282366920938463463374607431768211455" && string(10, base=-2) == "11110"
end
@testset "conversion" begin
    @test Int8(5) === Int8(5) && UInt8(255) === 0xff && Int(5.0) === 5 && Int(true) === 1 && Bool(1) === true && Bool(0.0) === false && Int('a') === 97 && UInt8('a') === 0x61 && Integer(5.0) === 5 && Int64(0x05) === 5 && Int32(5) isa Int32 && Float64(3) === 3.0 && Float32(0.1) === 0.1f0
    @test convert(Int, 3.0) === 3 && convert(Float64, 3) === 3.0 && convert(Int8, 100) === Int8(100) && convert(Bool, 1) === true && convert(Integer, 0x05) === 0x05 && convert(Number, 1.5) === 1.5 && convert(Real, 1) === 1 && oftype(1.0, 3) === 3.0 && convert(Union{Int,Nothing}, 3.0) === 3
    @test 300 % UInt8 === 0x2c && -1 % UInt8 === 0xff && 200 % Int8 === Int8(-56) && 3 % Bool === true && unsigned(-1) === typemax(UInt) && signed(0xff) === Int8(-1) && unsigned(Int8(-1)) === 0xff && reinterpret(Int8, 0xff) === Int8(-1) && reinterpret(UInt64, 1.0) === 0x3ff0000000000000 && reinterpret(Float32, 0x3f800000) === 1.0f0
    @test trunc(Int, 2.7) === 2 && floor(Int, -2.5) === -3 && ceil(Int, 2.1) === 3 && round(Int, 2.5) === 2 && round(Int, 3.5) === 4 && trunc(UInt8, 200.9) === 0xc8 && round(Int8, -0.4) === Int8(0) && floor(3) === 3 && round(7) === 7 && round(UInt8, 3) === 0x03 && trunc(Int8, 5) === Int8(5)
    @test unsafe_trunc(UInt8, 300) === 0x2c && unsafe_trunc(Int8, 200) === Int8(-56) && unsafe_trunc(Int64, 0xff) === 255 && unsafe_trunc(UInt16, -1) === 0xffff && unsafe_trunc(UInt8, true) === 0x01
    @test message(() -> Int8(200)) == "InexactError: trunc(Int8, 200)" && message(() -> UInt8(-1)) == "InexactError: trunc(UInt8, -1)" && message(() -> UInt(-1)) == "InexactError: check_top_bit(UInt64, -1)" && message(() -> Int(2.5)) == "InexactError: Int64(2.5)" && message(() -> Bool(2)) == "InexactError: Bool(2)" && message(() -> convert(Int, 1.5)) == "InexactError: Int64(1.5)" && message(() -> Int(NaN)) == "InexactError: Int64(NaN)"
    @test message(() -> trunc(Int, 1e20)) == "InexactError: trunc(Int64, 1.0e20)" && message(() -> round(Int, NaN)) == "InexactError: round(Int64, NaN)" || message(() -> round(Int, NaN)) == "InexactError: Int64(NaN)"
    @test message(() -> floor(Int8, 200.0)) == "InexactError: floor(Int8, 200.0)" || message(() -> floor(Int8, 200.0)) == "InexactError: Int8(200.0)" || message(() -> floor(Int8, 200.0)) == "InexactError: trunc(Int8, 200.0)"
    @test widen(Int8(5)) === Int16(5) && widen(Int32) === Int64 && widen(Int) === Int128 && widemul(typemax(Int), 2) === Int128(18446744073709551614) && typeof(widen(0x01)) === UInt16
    @test typemax(Int8) === Int8(127) && typemin(Int16) === Int16(-32768) && typemax(UInt32) === 0xffffffff && typemax(5) === typemax(Int) && typemin(Bool) === false && typemax(Int128) === Int128(2)^126 - 1 + Int128(2)^126
end
@testset "promotion and comparison" begin
    @test promote_type(Int8, Int16) === Int16 && promote_type(Int64, UInt64) === UInt64 && promote_type(Int, Float32) === Float32 && promote_type(Int8, UInt8) === UInt8 && promote_type(Bool, Int8) === Int8 && promote_type(Float32, Float64) === Float64 && promote_type(Int, String) === Any && promote_type(Int8, UInt16, Float32) === Float32 && promote_type(Int, Union{}) === Int
    @test promote(1, 2.5) === (1.0, 2.5) && promote(0x01, 2) === (1, 2) && promote(1, 2.0, 0x03) === (1.0, 2.0, 3.0) && promote(1) === (1,) && promote(true, 2) === (1, 2)
    @test 1 == 1.0 && 1 != 2 && 1 < 1.5 && 0x01 == 1 && -1 < 0x01 && typemax(UInt) > typemax(Int) && !(-1 == typemax(UInt)) && 2^53 + 1 != 2.0^53 && 2^53 < 2.0^53 + 2 && typemax(Int) < 2.0^63 && !(typemax(Int) == 2.0^63) && 1 === 1 && !(1 === 1.0) && 1 ≡ 1 && 1 ≢ 1.0
    @test 1 < 2 < 3 && !(1 < 3 < 2) && 1 <= 1 == 1.0 && 3 > 2 >= 2 != 1 && isless(1, 2) && isequal(1, 1.0) && cmp(1, 2) === -1 && cmp(2, 1) === 1 && cmp(1, 1) === 0 && max(1, 2.0) === 2.0 && min(1, 2.0) === 1.0 && max(0x01, 2) === 2 && minmax(3, 1) === (1, 3) && max(1, 2, 3) === 3 && min(3, 2, 1) === 1
    @test clamp(5, 1, 3) === 3 && clamp(-1, 1, 3) === 1 && clamp(2, 1, 3) === 2 && clamp(2.5, 1, 3) === 2.5 && clamp(5, 1.0, 3.0) === 3.0 && clamp(300, Int8) === Int8(127) && clamp.([1, 5, 9], 2, 6) == [2, 5, 6] && clamp!([1, 5, 9], 2, 6) == [2, 5, 6] && clamp(5, 1:3) === 3
    @test ifelse(true, 1, 2) === 1 && ifelse(false, 1, "a") == "a" && zero(5) === 0 && one(Int8) === Int8(1) && zero(0x05) === 0x00 && zero(Bool) === false && one(2.5) === 1.0 && oneunit(3) === 1
    @test eltype(5) === Int && length(5) === 1 && 5[1] === 5 && [x for x in 5] == fill(5) && first(5) === 5 && last(5) === 5 && 5 in 5 && collect(5) == fill(5) && size(5) === () && ndims(5) === 0 && only(5) === 5 && iterate(5) === (5, nothing)
    @test muladd(2, 3, 4) === 10 && fma(2.0, 3.0, 4.0) === 10.0 && muladd(2, 3.0, 4) === 10.0 && fma(2, 3, 4) === 10
end
@testset "checked arithmetic" begin
    @test Base.checked_add(1, 2) === 3 && Base.checked_mul(3, 4) === 12 && Base.add_with_overflow(typemax(Int), 1) === (typemin(Int), true) && Base.mul_with_overflow(2, 3) === (6, false) && Base.checked_sub(5, 3) === 2 && Base.checked_neg(5) === -5 && Base.checked_abs(-5) === 5
    @test message(() -> Base.checked_add(typemax(Int), 1)) == "OverflowError: 9223372036854775807 + 1 overflowed for type Int64" && message(() -> Base.checked_mul(typemax(Int), 2)) == "OverflowError: 9223372036854775807 * 2 overflowed for type Int64"
    @test_throws OverflowError Base.checked_abs(typemin(Int))
    @test_throws OverflowError Base.checked_neg(typemin(Int))
end
@testset "literals" begin
    @test 1_000_000 === 1000000 && 0xff === UInt8(255) && 0x0ff === UInt16(255) && 0b101 === 0x05 && 0o17 === 0x0f && 0xffffffffffffffff === typemax(UInt) && typeof(9223372036854775808) === Int128 && 1e3 === 1000.0
    @test 0xdead_beef === UInt32(3735928559) && typeof(0x00000000000000000) === UInt128 && -0x01 === 0xff
end
