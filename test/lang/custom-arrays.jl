# SPDX-License-Identifier: MIT
# Arrays of one's own: what `similar` says is what map gives; collect gives an Array. Orderings of one's own.
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
@testset "kinds of results" begin
    a = Grid([1 2; 3 4])
    @test map(x -> x / 2, a) isa Grid{Float64}
    @test map(x -> x / 2, a) == [0.5 1; 1.5 2]
    @test collect(a) isa Matrix{Int}
    @test float(a) isa Grid{Float64}
    @test map(x -> 2x, 1:3) isa Vector{Int}
    @test map(!, trues(2)) isa BitVector
    @test map(string, view([1, 2, 3], 2:3)) == ["2", "3"]
end
@testset "orderings" begin
    struct ByLength <: Base.Order.Ordering end
    Base.Order.lt(::ByLength, a, b) = length(a) < length(b)
    @test sort(["ccc", "a", "bb"], order = ByLength()) == ["a", "bb", "ccc"]
    @test Base.Order.Forward isa Base.Order.Ordering
    @test sort([1, 2, 3], order = Base.Order.Perm(Base.Order.Forward, [30, 10, 20])) == [2, 3, 1]
end
