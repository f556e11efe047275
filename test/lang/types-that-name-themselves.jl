# A supertype may mention the type that is being defined; saying the same definition again changes nothing.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test

abstract type A{T} end
struct C <: A{C}; x::Int; end
struct Node{T} <: A{Node{T}}
    value::T
    kids::Vector{Node{T}}
end
struct W{T} <: A{W{Int}}; x::T; end
struct Pairs <: AbstractVector{Tuple{Pairs,Union{Pairs,Nothing}}} end
abstract type B <: A{B} end
struct InB <: B end
mutable struct M{T} <: A{M}
    next::Union{M{T},Nothing}
    value::T
    M(value::T) where T = new{T}(nothing, value)
end
primitive type Bits <: A{Bits} 8 end
module Other
import ..A
struct Inside <: A{Inside} end
end

@testset "supertypes" begin
    @test supertype(C) === A{C} && C(1) isa A{C} && C(1).x === 1
    @test supertype(Node{Int}) === A{Node{Int}} && Node(1, Node{Int}[]) isa A{Node{Int}} && supertype(Node{String}) !== A{Node{Int}}
    @test supertype(W{String}) === A{W{Int}} && supertype(W{Int}) === A{W{Int}}
    @test eltype(Pairs) === Tuple{Pairs,Union{Pairs,Nothing}}
    @test InB <: A{B} && !(InB <: A{InB}) && supertype(B) === A{B}
    @test M(1) isa A{M} && M(1).next === nothing && supertype(Bits) === A{Bits} && supertype(Other.Inside) === A{Other.Inside}
end

node = Node(1, Node{Int}[])
struct C <: A{C}; x::Int; end
struct Node{T} <: A{Node{T}}
    value::T
    kids::Vector{Node{T}}
end
abstract type B <: A{B} end

@testset "said twice" begin
    @test node isa Node{Int} && InB <: B && supertype(C) === A{C}
    @test_throws ErrorException @eval struct Node{T} <: A{Node{T}}; value::T; kids::Vector{T}; end
end
