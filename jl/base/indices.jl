# SPDX-License-Identifier: MIT
# CartesianIndex, CartesianIndices, LinearIndices.

struct CartesianIndex{N}
    I::NTuple{N,Int}
    CartesianIndex{N}(t::NTuple{N,Int}) where {N} = new(t)
end
CartesianIndex(t::Tuple{Vararg{Integer}}) = CartesianIndex{length(t)}(map(Int, t))
CartesianIndex(i::Integer...) = CartesianIndex(i)
CartesianIndex(i::CartesianIndex) = i
Tuple(i::CartesianIndex) = i.I
length(::CartesianIndex{N}) where {N} = N
length(::Type{CartesianIndex{N}}) where {N} = N
getindex(i::CartesianIndex, d::Integer) = i.I[d]
+(a::CartesianIndex{N}, b::CartesianIndex{N}) where {N} = CartesianIndex{N}(map(+, a.I, b.I))
-(a::CartesianIndex{N}, b::CartesianIndex{N}) where {N} = CartesianIndex{N}(map(-, a.I, b.I))
-(a::CartesianIndex{N}) where {N} = CartesianIndex{N}(map(-, a.I))
*(a::Integer, b::CartesianIndex{N}) where {N} = CartesianIndex{N}(map(x -> a * x, b.I))
*(b::CartesianIndex, a::Integer) = a * b
==(a::CartesianIndex{N}, b::CartesianIndex{N}) where {N} = a.I == b.I
isless(a::CartesianIndex{N}, b::CartesianIndex{N}) where {N} = isless(reverse(a.I), reverse(b.I))
max(a::CartesianIndex{N}, b::CartesianIndex{N}) where {N} = CartesianIndex{N}(map(max, a.I, b.I))
min(a::CartesianIndex{N}, b::CartesianIndex{N}) where {N} = CartesianIndex{N}(map(min, a.I, b.I))
zero(::Type{CartesianIndex{N}}) where {N} = CartesianIndex{N}(ntuple(_ -> 0, Val(N)))
one(::Type{CartesianIndex{N}}) where {N} = CartesianIndex{N}(ntuple(_ -> 1, Val(N)))
zero(x::CartesianIndex) = zero(typeof(x))
oneunit(x::CartesianIndex) = one(typeof(x))
iterate(::CartesianIndex) = error("iteration is deliberately unsupported for CartesianIndex. Use `I` rather than `I...`, or use `Tuple(I)...`")
(:)(a::CartesianIndex{N}, b::CartesianIndex{N}) where {N} = CartesianIndices(map((x, y) -> x:y, a.I, b.I))

struct CartesianIndices{N,R<:NTuple{N,OrdinalRange{Int,Int}}} <: AbstractArray{CartesianIndex{N},N}
    indices::R
    CartesianIndices{N,R}(indices) where {N,R<:NTuple{N,OrdinalRange{Int,Int}}} = new{N,R}(indices)
end
CartesianIndices(t::NTuple{N,OrdinalRange{Int,Int}}) where {N} = CartesianIndices{N,typeof(t)}(t)
CartesianIndices(t::Tuple) = CartesianIndices(map(_as_range, t))
CartesianIndices(a::AbstractArray) = CartesianIndices(axes(a))
_as_range(n::Integer) = OneTo(Int(n))
_as_range(r::OrdinalRange{Int,Int}) = r
size(c::CartesianIndices) = map(length, c.indices)
axes(c::CartesianIndices{N,R}) where {N,R} = map(r -> OneTo(length(r)), c.indices)
length(c::CartesianIndices) = prod(size(c))
getindex(c::CartesianIndices{N}, i::Vararg{Int,N}) where {N} = CartesianIndex{N}(map((r, k) -> r[k], c.indices, i))
getindex(c::CartesianIndices{N}, i::Int) where {N} = c[_linear_to_tuple(size(c), i)...]
getindex(c::CartesianIndices{1}, i::Int) = CartesianIndex{1}((c.indices[1][i],))
getindex(c::CartesianIndices, i::CartesianIndex) = c[i.I...]
getindex(c::CartesianIndices{0}) = CartesianIndex{0}(())
first(c::CartesianIndices{N}) where {N} = CartesianIndex{N}(map(first, c.indices))
last(c::CartesianIndices{N}) where {N} = CartesianIndex{N}(map(last, c.indices))
isempty(c::CartesianIndices) = any(isempty, c.indices)
in(i::CartesianIndex{N}, c::CartesianIndices{N}) where {N} = all(map(in, i.I, c.indices))
in(i::CartesianIndex, c::CartesianIndices) = false
function iterate(c::CartesianIndices{N}) where {N}
    isempty(c) && return nothing
    t = map(first, c.indices)
    return CartesianIndex{N}(t), t
end
function iterate(c::CartesianIndices{N}, t) where {N}
    ok, next = _next_index(c.indices, t)
    ok || return nothing
    return CartesianIndex{N}(next), next
end
_next_index(::Tuple{}, ::Tuple{}) = (false, ())
function _next_index(r::Tuple, t::Tuple)
    @inline
    t[1] == last(r[1]) || return (true, (t[1] + step(r[1]), tail(t)...))
    ok, more = _next_index(tail(r), tail(t))
    return (ok, (first(r[1]), more...))
end

struct LinearIndices{N,R<:NTuple{N,AbstractUnitRange{Int}}} <: AbstractArray{Int,N}
    indices::R
    LinearIndices{N,R}(indices) where {N,R<:NTuple{N,AbstractUnitRange{Int}}} = new{N,R}(indices)
end
LinearIndices(t::NTuple{N,AbstractUnitRange{Int}}) where {N} = LinearIndices{N,typeof(t)}(t)
LinearIndices(t::Tuple) = LinearIndices(map(_as_range, t))
LinearIndices(a::AbstractArray) = LinearIndices(axes(a))
size(l::LinearIndices) = map(length, l.indices)
axes(l::LinearIndices) = map(r -> OneTo(length(r)), l.indices)
getindex(l::LinearIndices, i::Int) = (@boundscheck 1 <= i <= length(l) || throw(BoundsError(l, i)); i)
getindex(l::LinearIndices{N}, i::Vararg{Int,N}) where {N} = _tuple_to_linear(size(l), i)
getindex(l::LinearIndices{1}, i::Int) = i
_tuple_to_linear(::Tuple{}, ::Tuple{}) = 1
_tuple_to_linear(sz::Tuple, i::Tuple) = (@inline; i[1] + sz[1] * (_tuple_to_linear(tail(sz), tail(i)) - 1))
_tuple_to_linear(sz::Tuple{Any}, i::Tuple{Any}) = i[1]
_linear_to_tuple(sz::Tuple{}, i::Int) = ()
_linear_to_tuple(sz::Tuple{Any}, i::Int) = (i,)
function _linear_to_tuple(sz::Tuple, i::Int)
    q, r = divrem(i - 1, sz[1])
    return (r + 1, _linear_to_tuple(tail(sz), q + 1)...)
end

abstract type IndexStyle end
struct IndexLinear <: IndexStyle end
struct IndexCartesian <: IndexStyle end
IndexStyle(a::AbstractArray) = IndexStyle(typeof(a))
IndexStyle(::Type{<:AbstractArray}) = IndexCartesian()
IndexStyle(::Type{<:Array}) = IndexLinear()
IndexStyle(::Type{<:AbstractRange}) = IndexLinear()
IndexStyle(::Type{<:LinearIndices}) = IndexLinear()
export CartesianIndex, CartesianIndices, LinearIndices, IndexStyle, IndexLinear, IndexCartesian
