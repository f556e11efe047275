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
