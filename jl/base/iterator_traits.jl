# SPDX-License-Identifier: MIT
# What is known of an iterator before it runs: how long it is, and what it yields.

abstract type IteratorSize end
struct SizeUnknown <: IteratorSize end
struct HasLength <: IteratorSize end
struct HasShape{N} <: IteratorSize end
struct IsInfinite <: IteratorSize end
IteratorSize(x) = IteratorSize(typeof(x))
IteratorSize(::Type) = HasLength()
IteratorSize(::Type{Any}) = SizeUnknown()
IteratorSize(::Type{<:AbstractArray{T,N}}) where {T,N} = HasShape{N}()
IteratorSize(::Type{<:Number}) = HasShape{0}()

abstract type IteratorEltype end
struct EltypeUnknown <: IteratorEltype end
struct HasEltype <: IteratorEltype end
IteratorEltype(x) = IteratorEltype(typeof(x))
IteratorEltype(::Type) = HasEltype()
IteratorEltype(::Type{Any}) = EltypeUnknown()

eltype(::Type) = Any
eltype(::Type{Union{}}) = throw(ArgumentError("Union{} does not have elements"))
eltype(x) = eltype(typeof(x))
eltype(::Type{<:AbstractArray{T}}) where {T} = T
isempty(itr) = (d = isdone(itr); d !== missing ? d : iterate(itr) === nothing)
isdone(itr, state...) = missing
ndims(::Type{<:AbstractArray{T,N}}) where {T,N} = N
export eltype, isempty, ndims, iterate, length, size, axes, keys, values, first, last, firstindex, lastindex, eachindex, getindex, setindex!
