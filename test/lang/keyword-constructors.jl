# Keyword arguments of constructors and callable objects, whose static parameters only the callee knows.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test
struct P{T}
    a::T
    P{T}(; x) where {T} = new{T}(x)
end
struct Q{T, N}
    a::T
    Q{T, N}(a, b = 1; x::T = T(1), rest...) where {T, N} = new{T, N}(a + b + x + N + length(rest))
end
struct C{T}
    a::T
end
(c::C{T})(x, y = x; k::T = zero(T)) where {T} = (c.a, x, y, k, T)
C(; a) = C(a)
C{T}(a, b; c = 1) where {T} = C{T}(a + b + c)
@testset "constructors" begin
    @test P{Int}(x = 3).a === 3
    @test P{Float64}(x = 3).a === 3.0
    @test Q{Int, 2}(3).a === 7
    @test Q{Int, 2}(3, 4; x = 10).a === 19
    @test Q{Int, 3}(3; z = 1, y = 2).a === 10
    @test_throws TypeError Q{Int, 2}(3; x = "a")
    @test C(a = 1) === C{Int}(1)
    @test C{Float64}(1, 2) === C(4.0)
    @test C{Float64}(1, 2; c = 0) === C(3.0)
end
@testset "callable objects" begin
    @test C(1)(2) === (1, 2, 2, 0, Int)
    @test C(1.5)(2, 3; k = 2.5) === (1.5, 2, 3, 2.5, Float64)
    @test_throws MethodError C(1)(2; other = 3)
end
@testset "functions" begin
    f(x::T; y::S = 1) where {T, S} = (T, S)
    @test f("a") == (String, Int)
    @test f(1; y = 2.0) == (Int, Float64)
    g(xs::T...; k::Int = 3) where {T} = (T, xs, k)
    @test g(1, 2) == (Int, (1, 2), 3)
    @test g(1.0; k = 4) == (Float64, (1.0,), 4)
    h(::Type{T}; k = zero(T)) where {T <: Number} = (T, k)
    @test h(Int) == (Int, 0)
    @test h(Float64, k = 1) == (Float64, 1)
    only_keywords(; x::T) where {T} = T
    @test only_keywords(x = 'a') == Char
    ordered(a, b = a + 1, c = b + 1; d = c + 1, e = d + 1) = (a, b, c, d, e)
    @test ordered(1) == (1, 2, 3, 4, 5)
    @test ordered(1, 1; e = 0) == (1, 1, 2, 3, 0)
end
