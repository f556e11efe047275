# SPDX-License-Identifier: MIT
# A parameter handed to the supertype must be within its bounds.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test
abstract type A{T<:Real} end
message(f) = try f() catch e sprint(showerror, e) end
@test message(() -> eval(:(struct B{T} <: A{T}; x::T; end))) == "TypeError: in A, in T, expected T<:Real, got a value of type TypeVar"
@test_throws TypeError eval(:(abstract type C{T<:Number} <: A{T} end))
@test !(@isdefined B)
struct E{T<:Integer} <: A{T} end
struct F{S<:Real,T<:S} <: A{T} end
abstract type G{S,T<:AbstractVector{S}} end
struct H{S,V<:Vector{S}} <: G{S,V} end
@test E{Int} <: A{Int} && F{Real,Int} <: A{Int} && H{Int,Vector{Int}} <: G
