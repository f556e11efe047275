# SPDX-License-Identifier: MIT
# A file of unit tests, as it would stand beside a module.
#
#     lig examples/unit_tests.jl

module Rationals
export Ratio, numer, denom

struct Ratio <: Real
    numer::Int
    denom::Int
    function Ratio(n::Integer, d::Integer)
        d == 0 && throw(ArgumentError("the denominator is zero"))
        g = gcd(n, d) * sign(d)
        return new(n ÷ g, d ÷ g)
    end
end
Ratio(n::Integer) = Ratio(n, 1)
numer(r::Ratio) = r.numer
denom(r::Ratio) = r.denom

Base.:+(a::Ratio, b::Ratio) = Ratio(a.numer * b.denom + b.numer * a.denom, a.denom * b.denom)
Base.:-(a::Ratio) = Ratio(-a.numer, a.denom)
Base.:-(a::Ratio, b::Ratio) = a + -b
Base.:*(a::Ratio, b::Ratio) = Ratio(a.numer * b.numer, a.denom * b.denom)
Base.:/(a::Ratio, b::Ratio) = Ratio(a.numer * b.denom, a.denom * b.numer)
Base.:(==)(a::Ratio, b::Ratio) = a.numer == b.numer && a.denom == b.denom
Base.:<(a::Ratio, b::Ratio) = a.numer * b.denom < b.numer * a.denom
Base.promote_rule(::Type{Ratio}, ::Type{<:Integer}) = Ratio
Base.promote_rule(::Type{Ratio}, ::Type{Float64}) = Float64
Base.convert(::Type{Ratio}, n::Integer) = Ratio(n)
Base.Float64(r::Ratio) = r.numer / r.denom
Base.show(io::IO, r::Ratio) = print(io, r.numer, "/", r.denom)
Base.parse(::Type{Ratio}, s::AbstractString) = Ratio(parse.(Int, split(s, '/'; limit = 2))...)
end

using .Rationals
using Test

@testset "Ratio" begin
    @testset "construction" begin
        @test numer(Ratio(6, 4)) == 3
        @test denom(Ratio(6, 4)) == 2
        @test (numer(Ratio(1, -2)), denom(Ratio(1, -2))) === (-1, 2)
        @test_throws ArgumentError Ratio(1, 0)
        @test_throws ArgumentError("the denominator is zero") Ratio(1, 0)
        @test_throws MethodError Ratio("1")
        @test Ratio(5) == Ratio(10, 2)
    end
    @testset "arithmetic with denominator $d" for d in 2:4
        a = Ratio(1, d)
        @test a + a == Ratio(2, d)
        @test a - a == Ratio(0)
        @test a * d == 1
        @test a / a == Ratio(1)
        @test Float64(a) ≈ 1 / d
    end
    @testset "promotion" begin
        half = Ratio(1, 2)
        @test half + 1 == Ratio(3, 2)
        @test 2half === Ratio(1)
        @test half + 0.25 === 0.75
        @test Float64(half) ≈ 0.5 + 1e-12
        @test Float64(half) ≈ 0.6 atol = 0.2
        @test sum([half, half, 1]) == 2
        @test eltype([half, 1]) === Ratio
    end
    @testset "order" begin
        @test Ratio(1, 3) < Ratio(1, 2) < 1
        @test sort([Ratio(1, 2), Ratio(-1, 2), Ratio(1, 3)]) == [Ratio(-1, 2), Ratio(1, 3), Ratio(1, 2)]
        @test maximum([Ratio(2, 3), Ratio(3, 4)]) == Ratio(3, 4)
        @test !(Ratio(1, 2) < Ratio(1, 2))
    end
    @testset "text" begin
        @test string(Ratio(-3, 9)) == "-1/3"
        @test parse(Ratio, "6/8") == Ratio(3, 4)
        @test repr([Ratio(1, 2)]) == "Rationals.Ratio[1/2]" broken = true
        @test_throws ArgumentError parse(Ratio, "a/b")
    end
    @test_broken Ratio(typemax(Int), 2) + Ratio(1, 2) == Ratio(1, 1) # overflows
    @test_skip Ratio(1, 2)^2 == Ratio(1, 4)
end

# What a failing set reports, and what can be read from it.
results = @testset "kept" begin
    @test iseven(4)
    @testset "inner $i $c" for i in 1:2, c in "ab"
        @test length("$c") * i == i
    end
end
println(results.description, " ", results.n_passed, " ", length(results.results), " ", results.results[4].description)
