# SPDX-License-Identifier: MIT
# Named tuples: conversion to their own type and to others.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test

@testset "conversion" begin
    point = (a = 1, b = 2.0)
    @test convert(@NamedTuple{a::Int, b::Float64}, point) === point
    @test convert(@NamedTuple{a::Float64, b::Int}, point) === (a = 1.0, b = 2)
    @test convert(NamedTuple, point) === point
    @test @NamedTuple{a::Int}[(a = 1,), (a = 0x02,)] == [(a = 1,), (a = 2,)]
    @test_throws InexactError convert(@NamedTuple{a::Int, b::Int}, (a = 1, b = 2.5))
end

@testset "fields of types that are not concrete" begin
    NT = @NamedTuple{a::Union{Nothing, Bool}, b::Any}
    @test isconcretetype(NT)
    @test_throws ErrorException NamedTuple{(:a,),Tuple{Vararg{Int}}}
    x = NT((true, "x"))
    @test typeof(x) === NT
    @test x.a === true && x.b == "x"
    @test x == (a = true, b = "x")
    @test convert(NT, (a = nothing, b = 1)).b === 1
    @test typeof(NT[(a = nothing, b = 1), (a = false, b = 'c')]) === Vector{NT}
    sum_of(xs) = (n = 0; for x in xs; x.a === nothing || (n += x.b); end; n)
    @test sum_of(NT[(a = nothing, b = 1), (a = false, b = 2), (a = true, b = 3.5)]) === 5.5
    @test_throws InexactError NT((2, 1))
end
