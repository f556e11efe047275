# Floating point: rounding, remainders, special values, elementary functions and their domains, approximate equality, printing.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test

message(f) = try
    f()
    "no error"
catch e
    sprint(showerror, e)
end

@testset "rounding" begin
    @test round(2.5) === 2.0 && round(3.5) === 4.0 && round(-2.5) === -2.0 && round(-0.4) === -0.0 && floor(-2.5) === -3.0 && ceil(-2.5) === -2.0 && trunc(-2.5) === -2.0 && trunc(2.9) === 2.0 && round(2.5f0) === 2.0f0
    @test round(2.567, digits=2) === 2.57 && round(1234.5, digits=-2) === 1200.0 && round(2.5, digits=0) === 2.0 && round(0.285, digits=2) === 0.28 && round(1.005, digits=2) === 1.0 && round(π, digits=3) === 3.142 && round(1e10 / 3, digits=4) === 3.3333333333333e9
    @test round(123.456, sigdigits=2) === 120.0 && round(0.0012345, sigdigits=3) === 0.00123 && round(1234567, sigdigits=3) === 1.23e6 && round(2.718, sigdigits=1) === 3.0 && round(99.99, sigdigits=3) === 100.0 && round(357.913, sigdigits=4, base=2) === 352.0
    @test floor(2.567, digits=2) === 2.56 && ceil(2.561, digits=2) === 2.57 && trunc(-2.567, digits=1) === -2.5 && floor(-2.561, digits=1) === -2.6 && round(Inf, digits=2) === Inf && isnan(round(NaN, digits=1)) && round(0.0, sigdigits=2) === 0.0 && round(5.015, digits=2) === 5.01 && round(1.25, digits=1) === 1.2 && round(2.675, digits=2) === 2.68
    @test round(2.5, RoundUp) === 3.0 && round(2.5, RoundDown) === 2.0 && round(-2.5, RoundToZero) === -2.0 && round(2.5, RoundNearestTiesAway) === 3.0 && round(-2.5, RoundNearestTiesUp) === -2.0 && round(2.1, RoundFromZero) === 3.0 && round(-2.5, RoundNearestTiesAway) === -3.0 && round(2.567, RoundDown, digits=2) === 2.56
    @test round(Int, 2.5) === 2 && round(Int, 2.5, RoundUp) === 3 && round(Int8, -3.7) === Int8(-4) && ceil(Int, 2.1) === 3 && floor(UInt8, 3.9) === 0x03 && trunc(Int32, 1e5) === Int32(100000) && round(Integer, 2.6) === 3 && round(Float32, 2.5) === 2.0f0 && ceil(Int, 2.0f0) === 2
    @test round(15, digits=-1) === 20.0 && round(25, digits=-1) === 20.0 && round(123, digits=-2) === 100.0 && round(7, digits=2) === 7.0 && round(true) === true && round(0x07) === 0x07 && round(149, sigdigits=1) === 100.0 && floor(155, digits=-1) === 150.0 && ceil(151, digits=-1) === 160.0
    @test round.([1.26, 2.34], digits=1) == [1.3, 2.3] && round.(Int, [1.5, 2.5]) == [2, 2] && floor.(Int, [1.9 -1.1]) == [1 -2] && eltype(round.(Int, [1.5])) === Int && round(123.0, digits=1) === 123.0
end
@testset "division and remainder" begin
    @test mod(5.5, 2) === 1.5 && mod(-5.5, 2) === 0.5 && rem(-5.5, 2) === -1.5 && mod(5.5, -2) === -0.5 && mod(-0.0, 5.0) === 0.0 && 5.5 % 2 === 1.5 && mod(0.3, 0.1) ≈ 0.1 && isnan(mod(1.0, 0.0)) && isnan(rem(Inf, 2.0)) && mod(5.0, Inf) === 5.0
    @test div(5.5, 2) === 2.0 && fld(-5.5, 2) === -3.0 && cld(5.5, 2) === 3.0 && divrem(5.5, 2) === (2.0, 1.5) && fldmod(-5.5, 2) === (-3.0, 0.5) && mod1(5.5, 2.0) === 1.5 && mod1(4.0, 2.0) === 2.0 && mod2pi(7.0) ≈ 7.0 - 2π && rem2pi(7.0, RoundNearest) ≈ 7.0 - 2π && rem(5.0, 3.0, RoundNearest) === -1.0 && rem(5.5, 2.0, RoundUp) === -0.5
    @test 1.0 / 0.0 === Inf && -1.0 / 0.0 === -Inf && isnan(0.0 / 0.0) && 1 / -0.0 === -Inf && 0.1 + 0.2 === 0.30000000000000004 && 0.1 + 0.2 != 0.3 && 0.1f0 + 0.2f0 === 0.3f0 && 1.0f0 + 1.0 === 2.0 && 1.5f0 * 2 === 3.0f0 && 2 / 3f0 === 0.6666667f0
    @test divrem(7.0, 0.5) === (14.0, 0.0) && modf(3.7)[2] === 3.0 && modf(-3.5) === (-0.5, -3.0) && modf(Inf) === (0.0, Inf)
end
@testset "special values" begin
    @test isnan(NaN) && !isnan(1.0) && isinf(-Inf) && isfinite(1.0) && !isfinite(NaN) && NaN != NaN && NaN !== 1.0 && isequal(NaN, NaN) && NaN === NaN && 0.0 == -0.0 && !isequal(0.0, -0.0) && 0.0 !== -0.0 && isless(-0.0, 0.0) && !isless(0.0, -0.0) && isless(1.0, NaN) && !(1.0 < NaN)
    @test isnan(max(1.0, NaN)) && isnan(min(NaN, 1.0)) && max(-0.0, 0.0) === 0.0 && min(0.0, -0.0) === -0.0 && isnan(maximum([1.0, NaN, 3.0])) && isnan(minimum([NaN, 1.0])) && maximum([-0.0, 0.0]) === 0.0 && extrema([3.0, 1.0, 2.0]) === (1.0, 3.0)
    @test eps() === 2.220446049250313e-16 && eps(1.0) === eps() && eps(Float32) === 1.1920929f-7 && eps(1000.0) === 1.1368683772161603e-13 && nextfloat(1.0) === 1.0000000000000002 && prevfloat(1.0) === 0.9999999999999999 && nextfloat(0.0) === 5.0e-324 && floatmax() === 1.7976931348623157e308 && floatmin() === 2.2250738585072014e-308 && typemax(Float64) === Inf && typemin(Float32) === -Inf32 && nextfloat(1.0, 2) === 1.0000000000000004
    @test signbit(-0.0) && !signbit(0.0) && sign(-2.5) === -1.0 && sign(-0.0) === -0.0 && abs(-0.0) === 0.0 && copysign(1.0, -0.0) === -1.0 && isnan(sign(NaN)) && flipsign(2.0, -1) === -2.0
    @test exponent(8.0) === 3 && significand(10.0) === 1.25 && frexp(10.0) === (0.625, 4) && ldexp(0.625, 4) === 10.0 && precision(Float64) === 53 && exponent(0.1) === -4 && ldexp(1.0, -1074) === 5.0e-324 && frexp(0.0) === (0.0, 0) && significand(-0.3) === -1.2
    @test Float64(1) / 3 === 0.3333333333333333 && Float32(1 / 3) === 0.33333334f0 && Float32(1e40) === Inf32 && Float64(0.1f0) === 0.10000000149011612 && Float16(0.1) === Float16(0.1) && Float16(1) + Float16(2) === Float16(3) && typeof(Float16(1) + 1.0f0) === Float32 && float(3) === 3.0 && float(Int) === Float64 && float([1, 2]) == [1.0, 2.0] && float(0x01) === 1.0 && AbstractFloat(3) === 3.0
    @test isinteger(2.0) && !isinteger(2.1) && !isinteger(NaN) && iszero(-0.0) && isone(1.0f0) && iseven(4.0) && isodd(-3.0) && ispow2(8.0) && isreal(2.5) && issubnormal(5.0e-324) && !issubnormal(1.0)
end
@testset "elementary functions" begin
    @test sqrt(2) === 1.4142135623730951 && √9 === 3.0 && sqrt(2f0) === 1.4142135f0 && cbrt(-8.0) === -2.0 && ∛27 === 3.0 && cbrt(2.0f0) ≈ 1.259921f0 && fourthroot(16.0) === 2.0 && exp(1) === 2.718281828459045 && exp(0) === 1.0 && exp2(10) === 1024.0 && exp10(3) === 1000.0 && expm1(0.0) === 0.0 && exp(-Inf) === 0.0 && ℯ^2 === 7.38905609893065
    @test log(ℯ) === 1 && log(1) === 0.0 && log2(8) === 3.0 && log10(1000) === 3.0 && log(2, 8) === 3.0 && log(10, 1000) ≈ 3 && log1p(0.0) === 0.0 && log(0.0) === -Inf && log2(1024) === 10.0 && log10(0.001) === -3.0 && log(Inf) === Inf && isnan(log(NaN)) && log(10) === 2.302585092994046 && log(2f0) === 0.6931472f0
    @test sin(0) === 0.0 && cos(0) === 1.0 && tan(π / 4) ≈ 1 && sin(π / 2) === 1.0 && sinpi(1) === 0.0 && cospi(0.5) === 0.0 && sinpi(0.5) === 1.0 && cospi(1) === -1.0 && sind(30) ≈ 0.5 && sind(30) === 0.5 && cosd(60) === 0.5 && tand(45) === 1.0 && sincos(0.0) === (0.0, 1.0) && cosd(90) === 0.0 && sind(180) === 0.0
    @test asin(1) ≈ π / 2 && acos(1) === 0.0 && atan(1) ≈ π / 4 && atan(1, -1) ≈ 3π / 4 && atan(-1.0, -1.0) ≈ -3π / 4 && asind(1) === 90.0 && acosd(0.5) ≈ 60 && atand(1) === 45.0 && sinh(0) === 0.0 && cosh(0) === 1.0 && tanh(Inf) === 1.0 && asinh(0.0) === 0.0 && acosh(1) === 0.0 && atanh(0) === 0.0 && atan(Inf) ≈ π / 2 && sec(0) === 1.0 && cot(π / 4) ≈ 1 && csc(π / 2) === 1.0 && sinc(0) === 1.0
    @test hypot(3, 4) === 5.0 && hypot(1e200, 1e200) ≈ 1.414213562373095e200 && hypot(3.0f0, 4.0f0) === 5.0f0 && hypot(2, 3, 6) === 7.0 && hypot(-3) === 3.0 && hypot(Inf, NaN) === Inf && deg2rad(180) ≈ π && rad2deg(π) === 180.0
    @test 2.0^0.5 === sqrt(2.0) && 2^0.5 === sqrt(2) && (-8.0)^3 === -512.0 && 0.0^0 === 1.0 && 2.0^-1 === 0.5 && Inf^0 === 1.0 && NaN^0 === 1.0 && (-2.0)^-3 === -0.125 && 10.0^308 === 1e308 && 2f0^2 === 4f0 && 4^0.5 === 2.0 && (-1.0)^2.0 === 1.0 && 1.1^10 ≈ 2.5937424601
    @test muladd(2.0, 3.0, 1.0) === 7.0 && fma(2.0, 3.0, 1.0) === 7.0 && fma(0.1, 10.0, -1.0) === 5.551115123125783e-17 && evalpoly(2, (1, 2, 3)) === 17 && evalpoly(2.0, [1, 2, 3]) === 17.0 && @evalpoly(2, 1, 2, 3) === 17
    @test pi === π && Float64(π) === 3.141592653589793 && 2π === 6.283185307179586 && π / 2 === 1.5707963267948966 && Float32(π) === 3.1415927f0 && π > 3 && π == π && π != 3.14 && typeof(π) <: Irrational && string(π) == "π" && round(Int, π) === 3 && floor(Int, ℯ) === 2 && π * 1.0f0 === 3.1415927f0 && Int === Int64 && -π === -3.141592653589793 && MathConstants.golden ≈ 1.618033988749895 && Base.MathConstants.γ ≈ 0.5772156649015329 && cos(π) === -1.0 && abs(sin(π)) < 1e-15
end
@testset "domains" begin
    @test message(() -> sqrt(-1)) == "DomainError with -1.0:\nsqrt was called with a negative real argument but will only return a complex result if called with a complex argument. Try sqrt(Complex(x))."
    @test message(() -> log(-2)) == "DomainError with -2.0:\nlog was called with a negative real argument but will only return a complex result if called with a complex argument. Try log(Complex(x))."
    @test message(() -> (-8)^(1 / 3)) == "DomainError with -8.0:\nExponentiation yielding a complex result requires a complex argument.\nReplace x^y with (x+0im)^y, Complex(x)^y, or similar."
    @test message(() -> sin(Inf)) == "DomainError with Inf:\nsin(x) is only defined for finite x." && message(() -> asin(2)) == "DomainError with 2.0:\nasin(x) is not defined for |x| > 1." && message(() -> acos(2.0)) == "DomainError with 2.0:\nacos(x) not defined for |x| > 1"
    @test_throws DomainError log10(-1)
    @test_throws DomainError log2(-1.0)
    @test_throws DomainError log(-1, 2)
    @test_throws DomainError cos(Inf)
    @test_throws DomainError log1p(-2.0)
    @test_throws DomainError acosh(0.5)
    @test_throws DomainError atanh(1.5)
    @test_throws InexactError Int(1.5)
    @test_throws InexactError trunc(Int, Inf)
    @test_throws InexactError round(Int, NaN)
    @test_throws InexactError convert(Int, 1e30)
    @test_throws MethodError sqrt("a")
end
@testset "approximately equal" begin
    @test 0.1 + 0.2 ≈ 0.3 && isapprox(1.0, 1.0 + 1e-9) && !isapprox(1.0, 1.1) && isapprox(1.0, 1.1; atol=0.2) && isapprox(100, 101; rtol=0.02) && !isapprox(1e-10, 0) && isapprox(1e-10, 0; atol=1e-8) && isapprox(NaN, NaN; nans=true) && !isapprox(NaN, NaN) && 1 ≉ 2 && Inf ≈ Inf && !(Inf ≈ -Inf) && !isapprox(Inf, 1.0)
    @test [1.0, 2.0] ≈ [1.0, 2.0 + 1e-10] && !([1.0] ≈ [1.0, 2.0]) && isapprox([1, 2], [1.1, 2]; atol=0.2) && [1 2; 3 4] ≈ [1 2; 3 4.0] && isapprox(3)(3.0) && any(≈(0.3), [0.1 + 0.2]) && 1 ≈ 1.0 && 1.0f0 ≈ 1.00000001 && isapprox([NaN, 1.0], [NaN, 1.0]; nans=true) && !isapprox(1, 2) && isapprox(10, 11; atol=1) && 1.0f0 ≈ 1.0001f0
end
@testset "text" begin
    @test string(1.0) == "1.0" && string(0.1) == "0.1" && string(1e-5) == "1.0e-5" && string(0.0001) == "0.0001" && string(123456.789) == "123456.789" && string(1e6) == "1.0e6" && string(999999.0) == "999999.0" && string(1e21) == "1.0e21" && string(1.5e-10) == "1.5e-10" && string(-0.0) == "-0.0" && string(NaN) == "NaN" && string(-Inf) == "-Inf" && string(5.0e-324) == "5.0e-324" && string(1e100) == "1.0e100" && string(100000.0) == "100000.0" && string(1.0e7) == "1.0e7"
    @test repr(1.0f0) == "1.0f0" && string(1.0f0) == "1.0" && repr(1f-5) == "1.0f-5" && string(1f-5) == "1.0e-5" && repr(NaN32) == "NaN32" && repr(-Inf32) == "-Inf32" && string(NaN32) == "NaN" && repr(Float16(0.5)) == "Float16(0.5)" && repr(NaN16) == "NaN16" && string(Float16(1.5)) == "1.5" && repr(0.1f0) == "0.1f0" && repr(1f10) == "1.0f10" && repr([1.0f0, 2.5f0]) == "Float32[1.0, 2.5]" && repr(Float16[1, 2]) == "Float16[1.0, 2.0]"
    @test repr(π) == "π" && sprint(show, MIME("text/plain"), π) == "π = 3.1415926535897..." && sprint(show, MIME("text/plain"), ℯ) == "ℯ = 2.7182818284590..." && string(2.0^60) == "1.152921504606847e18" && string(1 / 3) == "0.3333333333333333" && string(2 / 3) == "0.6666666666666666" && string(1e15) == "1.0e15" && string(123456789.123) == "1.23456789123e8"
    @test parse(Float64, "1.5") === 1.5 && parse(Float64, "1e-3") === 0.001 && parse(Float64, " 2.5 ") === 2.5 && parse(Float64, "Inf") === Inf && isnan(parse(Float64, "nan")) && parse(Float32, "0.1") === 0.1f0 && parse(Float64, "-.5") === -0.5 && tryparse(Float64, "abc") === nothing && parse(Float64, "1e400") === Inf && parse(Float64, "0x1p3") === 8.0 && parse(Float64, "5") === 5.0 && tryparse(Float64, "") === nothing && tryparse(Float64, "1.2.3") === nothing && parse(Float64, "5.") === 5.0 && tryparse(Float64, "1_000") === nothing && parse(Float16, "1.5") === Float16(1.5)
    @test message(() -> parse(Float64, "abc")) == "ArgumentError: cannot parse \"abc\" as Float64" && occursin("ArgumentError", message(() -> parse(Float32, "")))
end
