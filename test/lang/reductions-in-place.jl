# SPDX-License-Identifier: MIT
# Reductions along dimensions: the kind of the result, and results written into given arrays.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test
struct Grid{T} <: AbstractMatrix{T}
    data::Matrix{T}
end
Base.size(a::Grid) = size(a.data)
Base.getindex(a::Grid, i::Int, j::Int) = a.data[i, j]
Base.setindex!(a::Grid, v, i::Int, j::Int) = a.data[i, j] = v
Base.similar(a::Grid, ::Type{T}, dims::Dims{2}) where {T} = Grid(Matrix{T}(undef, dims))
const m = [3 1 2; 4 9 0]
@testset "kinds of arrays" begin
    a = Grid(m)
    @test sum(a; dims=1) isa Grid{Int}
    @test sum(a; dims=1) == [7 10 2]
    @test accumulate(+, a; dims=2) isa Grid{Int}
    @test hcat(a, a) isa Grid{Int}
    @test hcat(a, m) isa Grid{Int}
    @test hcat(m, a) isa Matrix{Int}
    @test vcat(a, a) isa Grid{Int}
    @test [a a; a a] isa Grid{Int}
    @test [a a; a a] == [m m; m m]
    @test vcat(trues(2), falses(1)) isa BitVector
    @test any(trues(2, 2); dims=1) isa BitMatrix
    @test sum(1:3; dims=1) == [6]
    @test typeof(vcat(1:2, 3:4)) == Vector{Int}
end
@testset "along dimensions" begin
    @test sum(m; dims=(1, 2)) == fill(19, 1, 1)
    @test sum(m; dims=3) == m
    @test sum(Int8[100 100]; dims=2) == fill(200, 1, 1)
    @test sum(m; dims=2, init=0.5) == [6.5; 13.5;;]
    @test sum(Union{Int,Missing}[1 missing]; dims=1) |> x -> isequal(x, [1 missing])
    @test sum(zeros(0, 2); dims=1) == [0.0 0.0]
    @test prod(zeros(Int, 0, 2); dims=1) == [1 1]
    @test sum(zeros(0, 2); dims=2) == zeros(0, 1)
    @test_throws ArgumentError maximum(zeros(0, 2); dims=1)
    @test maximum(abs, [-5 2; 1 -3]; dims=1) == [5 3]
    @test mapreduce(string, *, [1 2; 3 4]; dims=2) == ["12"; "34";;]
    @test findmax(m; dims=1) == ([4 9 2], [CartesianIndex(2, 1) CartesianIndex(2, 2) CartesianIndex(1, 3)])
    @test findmin(x -> -x, m; dims=2)[1] == [-3; -9;;]
    @test extrema(m; dims=2) == [(1, 3); (0, 9);;]
end
@testset "into given arrays" begin
    @test count!([0 0 0], m .> 1) == [2 1 1]
    @test count!(isodd, [0, 0], m) == [2, 1]
    @test extrema!([(0, 0), (0, 0)], m) == [(1, 3), (0, 9)]
    v, k = findmax!([0, 0], [CartesianIndex(1, 1), CartesianIndex(1, 1)], m)
    @test v == [3, 9] && k == [CartesianIndex(1, 1), CartesianIndex(2, 2)]
    v, k = findmin!([0 0 0], Matrix{CartesianIndex{2}}(undef, 1, 3), m)
    @test v == [3 1 0] && k[3] == CartesianIndex(2, 3)
    @test_throws DimensionMismatch findmax!([0, 0, 0], fill(CartesianIndex(1, 1), 3), m)
end
