# SPDX-License-Identifier: MIT
# Who decides what a broadcast gives: each argument's type has a style, and rules for two styles say which one wins.
# Part of module Broadcast.

abstract type BroadcastStyle end
struct Unknown <: BroadcastStyle end
# Of what is no array: Style{Tuple}, Style{MyType}.
struct Style{T} <: BroadcastStyle end
# Of arrays with N dimensions; Any: of any number.
abstract type AbstractArrayStyle{N} <: BroadcastStyle end
struct ArrayStyle{A<:AbstractArray} <: AbstractArrayStyle{Any} end
struct DefaultArrayStyle{N} <: AbstractArrayStyle{N} end
# Two kinds of arrays that know nothing of each other: the result is an Array.
struct ArrayConflict <: AbstractArrayStyle{Any} end
ArrayStyle{A}(::Val) where {A} = ArrayStyle{A}()
DefaultArrayStyle(::Val{N}) where {N} = DefaultArrayStyle{N}()
DefaultArrayStyle{M}(::Val{N}) where {N,M} = DefaultArrayStyle{N}()
ArrayConflict(::Val) = ArrayConflict()

BroadcastStyle(::Type{T}) where {T} = DefaultArrayStyle{ndims(T)}()
BroadcastStyle(::Type{<:Union{Number,Ref}}) = DefaultArrayStyle{0}()
BroadcastStyle(::Type{<:Tuple}) = Style{Tuple}()
BroadcastStyle(::Type{<:AbstractArray{T,N}}) where {T,N} = DefaultArrayStyle{N}()

BroadcastStyle(::BroadcastStyle, ::BroadcastStyle) = Unknown()
BroadcastStyle(::Unknown, ::Unknown) = Unknown()
BroadcastStyle(s::BroadcastStyle, ::Unknown) = s
BroadcastStyle(a::AbstractArrayStyle{0}, b::Style{Tuple}) = b
BroadcastStyle(a::AbstractArrayStyle, ::Style{Tuple}) = a
BroadcastStyle(a::A, ::A) where {A<:AbstractArrayStyle} = a
BroadcastStyle(a::A, ::A) where {A<:ArrayStyle} = a
BroadcastStyle(::ArrayStyle, ::ArrayStyle) = Unknown()
BroadcastStyle(a::AbstractArrayStyle, b::AbstractArrayStyle) = typeof(a).name === typeof(b).name ? _wider(a, b) : Unknown()
BroadcastStyle(a::AbstractArrayStyle{Any}, ::DefaultArrayStyle) = a
BroadcastStyle(a::AbstractArrayStyle{N}, ::DefaultArrayStyle{N}) where {N} = a
BroadcastStyle(a::AbstractArrayStyle{M}, ::DefaultArrayStyle{N}) where {M,N} = typeof(a)(Val(max(M, N)))
BroadcastStyle(::DefaultArrayStyle{M}, ::DefaultArrayStyle{N}) where {M,N} = DefaultArrayStyle{max(M, N)}()
BroadcastStyle(::ArrayConflict, ::AbstractArrayStyle) = ArrayConflict()
_wider(a::AbstractArrayStyle{M}, b::AbstractArrayStyle{N}) where {M,N} = N isa Int && M isa Int && N > M ? b : a

# Of all arguments together. Most are arrays and numbers of Base.
combine_styles() = DefaultArrayStyle{0}()
combine_styles(x) = BroadcastStyle(typeof(x))
combine_styles(x, y, more...) = (@inline; _style_of((x, y, more...)))
_style_of(::Tuple{}) = DefaultArrayStyle{0}()
_style_of(t::Tuple{Any}) = (@inline; BroadcastStyle(typeof(t[1])))
_style_of(t::Tuple) = (@inline; result_style(BroadcastStyle(typeof(t[1])), _style_of(tail(t))))
result_style(s::BroadcastStyle) = s
result_style(s::S, ::S) where {S<:BroadcastStyle} = s
result_style(a::DefaultArrayStyle{M}, b::DefaultArrayStyle{N}) where {M,N} = M > N ? a : b
result_style(a::DefaultArrayStyle{N}, b::DefaultArrayStyle{N}) where {N} = a
result_style(a::BroadcastStyle, b::BroadcastStyle) = _join_styles(a, b, BroadcastStyle(a, b), BroadcastStyle(b, a))
_join_styles(a, b, ::Unknown, ::Unknown) = Unknown()
_join_styles(a, b, ::Unknown, s::BroadcastStyle) = s
_join_styles(a, b, s::BroadcastStyle, ::Unknown) = s
_join_styles(a, b, s::S, ::S) where {S<:BroadcastStyle} = s
_join_styles(a::AbstractArrayStyle, b::AbstractArrayStyle, ::Unknown, ::Unknown) = ArrayConflict()
_join_styles(a, b, s::BroadcastStyle, t::BroadcastStyle) = error(string("conflicting broadcast rules defined\n",
    "  Broadcast.BroadcastStyle(::", typeof(a), ", ::", typeof(b), ") = ", s, "\n",
    "  Broadcast.BroadcastStyle(::", typeof(b), ", ::", typeof(a), ") = ", t, "\n",
    "One of these should be undefined (and thus return Broadcast.Unknown)."))
