# SPDX-License-Identifier: MIT
# Broadcasting of one's own: styles decide what the result is, as the manual's chapter on interfaces has it.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test
using Base.Broadcast: Broadcasted, ArrayStyle, Style, AbstractArrayStyle, DefaultArrayStyle, BroadcastStyle
# An array with something beside it, which the result keeps.
struct Labelled{T,N} <: AbstractArray{T,N}
    data::Array{T,N}
    label::Char
end
Base.size(a::Labelled) = size(a.data)
Base.getindex(a::Labelled{T,N}, i::Vararg{Int,N}) where {T,N} = a.data[i...]
Base.setindex!(a::Labelled{T,N}, v, i::Vararg{Int,N}) where {T,N} = a.data[i...] = v
Base.BroadcastStyle(::Type{<:Labelled}) = ArrayStyle{Labelled}()
Base.similar(bc::Broadcasted{ArrayStyle{Labelled}}, ::Type{T}) where {T} = Labelled(similar(Array{T}, axes(bc)), find_labelled(bc).label)
find_labelled(bc::Broadcasted) = find_labelled(bc.args)
find_labelled(args::Tuple) = find_labelled(find_labelled(args[1]), Base.tail(args))
find_labelled(x) = x
find_labelled(::Tuple{}) = nothing
find_labelled(a::Labelled, rest) = a
find_labelled(::Any, rest) = find_labelled(rest)
@testset "an array of one's own" begin
    a = Labelled([1 2; 3 4], 'x')
    @test a .+ 1 isa Labelled{Int,2} && (a .+ 1).label == 'x' && (a .+ 1).data == [2 3; 4 5]
    @test a .+ [5, 10] isa Labelled{Int,2} && a .+ [5, 10] == [6 7; 13 14]
    @test 2.5 .* a .- [1 2; 3 4] isa Labelled{Float64,2}
    @test (1, 2) .+ a isa Labelled && sqrt.(a) isa Labelled{Float64}
    @test (x -> x > 2 ? "big" : x).(a) isa Labelled && (x -> x > 2 ? "big" : x).(a).data == Any[1 2; "big" "big"]
    @test (a .> 2) isa Labelled{Bool,2}
    b = [0 0; 0 0]
    b .= a .+ 1
    @test b == [2 3; 4 5] && b isa Matrix{Int}
    a .= [9 8; 7 6]
    a .*= 2
    @test a.data == [18 16; 14 12]
    a .= 0
    @test a.data == zeros(2, 2)
    @test a + a isa Labelled && 2a isa Labelled && -a isa Labelled && a / 2 isa Labelled{Float64}
    @test broadcast(+, a, 1) isa Labelled && broadcast!(+, a, a, 1) === a && a.data == ones(2, 2)
    @test [1, 2] .+ [3, 4] isa Vector{Int}
end
# No array: it says what its elements are, and makes the result by itself.
struct Bag
    items::Vector{Any}
end
Base.axes(b::Bag) = axes(b.items)
Base.getindex(b::Bag, i) = b.items[i]
Base.eltype(::Type{Bag}) = Any
Base.Broadcast.broadcastable(b::Bag) = b
Base.BroadcastStyle(::Type{Bag}) = Style{Bag}()
Base.BroadcastStyle(::Style{Bag}, ::AbstractArrayStyle) = Style{Bag}()
Base.copy(bc::Broadcasted{Style{Bag}}) = Bag(Any[bc[i] for i in eachindex(bc)])
@testset "no array" begin
    b = Bag([1, 2.5, 3])
    @test (b .+ 1) isa Bag && (b .+ 1).items == [2, 3.5, 4]
    @test ([10, 20, 30] .* b .+ 0.5).items == [10.5, 50.5, 90.5]
    x = zeros(3)
    x .= [1, 1, 1] .+ [1, 2, 3]
    @test x == [2, 3, 4]
end
# A style with a number of dimensions; the destination decides how it is filled.
struct Lazy{T,N} <: AbstractArray{T,N}
    f::Function
    dims::NTuple{N,Int}
end
struct LazyStyle{N} <: AbstractArrayStyle{N} end
LazyStyle{M}(::Val{N}) where {M,N} = LazyStyle{N}()
Base.size(a::Lazy) = a.dims
Base.getindex(a::Lazy{T,N}, i::Vararg{Int,N}) where {T,N} = a.f(i...)::T
Base.BroadcastStyle(::Type{<:Lazy{T,N}}) where {T,N} = LazyStyle{N}()
Base.copy(bc::Broadcasted{LazyStyle{N}}) where {N} = Lazy{Base.Broadcast.combine_eltypes(bc.f, bc.args),N}((i...) -> bc[CartesianIndex(i)], size(bc))
mutable struct Counted <: AbstractVector{Int}
    data::Vector{Int}
    writes::Int
end
Base.size(c::Counted) = size(c.data)
Base.getindex(c::Counted, i::Int) = c.data[i]
Base.setindex!(c::Counted, v, i::Int) = (c.writes += 1; c.data[i] = v)
function Base.copyto!(c::Counted, bc::Broadcasted{Nothing})
    c.writes = -1
    for i in eachindex(bc)
        c.data[i] = bc[i]
    end
    return c
end
@testset "dimensions and destinations" begin
    a = Lazy{Int,1}(i -> 10i, (3,))
    @test a .+ 1 isa Lazy{Int,1} && a .+ 1 == [11, 21, 31]
    @test a .+ [1 2] isa Lazy{Int,2} && a .+ [1 2] == [11 12; 21 22; 31 32]
    c = Counted([0, 0, 0], 0)
    c .= [1, 2, 3] .* 2
    @test c.data == [2, 4, 6] && c.writes == -1
    @test_throws DimensionMismatch a .+ [1, 2]
end
# Rules for two styles.
struct Metal <: AbstractVector{Int} end
Base.size(::Metal) = (2,)
Base.getindex(::Metal, i::Int) = i
Base.BroadcastStyle(::Type{Metal}) = ArrayStyle{Metal}()
struct First <: BroadcastStyle end
struct Second <: BroadcastStyle end
struct A1 end
struct A2 end
Base.BroadcastStyle(::Type{A1}) = First()
Base.BroadcastStyle(::Type{A2}) = Second()
Base.broadcastable(x::Union{A1,A2}) = x
Base.BroadcastStyle(::First, ::AbstractArrayStyle{0}) = First()
Base.BroadcastStyle(::First, ::Second) = First()
Base.BroadcastStyle(::Second, ::First) = Second()
Base.Broadcast.broadcasted(::First, ::typeof(+), x, y) = "plus $y"
@testset "rules" begin
    @test Base.Broadcast.combine_styles([1], (1, 2), 3) === DefaultArrayStyle{1}()
    @test Base.Broadcast.combine_styles((1, 2), 3) === Style{Tuple}()
    @test Base.Broadcast.combine_styles(Metal(), [1 2]) === ArrayStyle{Metal}()
    @test Base.Broadcast.result_style(ArrayStyle{Metal}(), ArrayStyle{Labelled}()) === Base.Broadcast.ArrayConflict()
    @test Metal() .+ Labelled([1, 2], 'a') isa Vector{Int}
    @test_throws MethodError Metal() .+ 1
    @test A1() .+ 3 == "plus 3"
    @test_throws "conflicting broadcast rules defined" A1() .+ A2()
end
struct Scalar end
Base.broadcastable(s::Scalar) = Ref(s)
Base.:+(::Scalar, x::Int) = x + 100
@testset "lazily" begin
    @test Scalar() .+ [1, 2] == [101, 102]
    bc = Base.Broadcast.broadcasted(+, [1, 2], Base.Broadcast.broadcasted(*, 2, [3 4]))
    @test axes(bc) == (1:2, 1:2) && bc[2, 1] == 8 && eltype(bc) == Int && Base.Broadcast.instantiate(bc).axes == axes(bc)
    flat = Base.Broadcast.flatten(bc)
    @test flat.args == ([1, 2], 2, [3 4]) && Base.Broadcast.materialize(flat) == [7 9; 8 10]
    @test sum(Base.Broadcast.instantiate(bc)) == 34
    @test Broadcast.broadcast(+, 1, 2) == 3 && (1, 2) .+ (3, 4) === (4, 6) && (fill(1) .+ 1) === 2
    @test fill(1) + fill(2) == fill(3) && -fill(1) == fill(-1)
    @test (1:3) + (1:3) === 2:2:6 && 2 * (1:3) === 2:2:6 && (1:3) * 2 === 2:2:6 && -(1:3) === -1:-1:-3
end
