# SPDX-License-Identifier: MIT
# The bits of an array read as elements of another type, in place.

struct ReinterpretArray{T,N,S,A<:AbstractArray{S,N},IsReshaped} <: AbstractArray{T,N}
    parent::A
end
function reinterpret(::Type{T}, a::AbstractArray{S,N}) where {T,S,N}
    isbitstype(T) || throw(ArgumentError("cannot reinterpret `$S` as `$T`, type `$T` is not a bits type"))
    isbitstype(S) || throw(ArgumentError("cannot reinterpret `$S` as `$T`, type `$S` is not a bits type"))
    if sizeof(T) != sizeof(S)
        N == 0 && throw(ArgumentError("cannot reinterpret a zero-dimensional array with eltype `$S` to type `$T` of a different size"))
        (sizeof(T) == 0 || sizeof(S) == 0) &&
            throw(ArgumentError("cannot reinterpret a zero-size `$S` array to `$T` of a different size"))
        bytes = size(a, 1) * sizeof(S)
        bytes % sizeof(T) == 0 || throw(ArgumentError(string("cannot reinterpret an `", S, "` array to `", T, "` whose first dimension has size `",
            size(a, 1), "`.\nThe resulting array would have non-integral first dimension.\n")))
    end
    return ReinterpretArray{T,N,S,typeof(a),false}(a)
end
reinterpret(::Type{T}, a::AbstractArray{T}) where {T} = a
reinterpret(::Type{T}, a::ReinterpretArray) where {T} = _reinterpret_again(T, a.parent)
_reinterpret_again(::Type{T}, a::AbstractArray{T}) where {T} = a
_reinterpret_again(::Type{T}, a) where {T} = reinterpret(T, a)
parent(a::ReinterpretArray) = a.parent
size(a::ReinterpretArray{T,0}) where {T} = ()
function size(a::ReinterpretArray{T,N,S}) where {T,N,S}
    sizeof(T) == sizeof(S) && return size(a.parent)
    dims = size(a.parent)
    return (div(dims[1] * sizeof(S), sizeof(T)), tail(dims)...)
end
function showarg(io::IO, a::ReinterpretArray{T}, toplevel::Bool) where {T}
    print(io, "reinterpret(", T, ", ")
    showarg(io, a.parent, false)
    print(io, ')')
    return nothing
end
IndexStyle(::Type{<:ReinterpretArray}) = IndexLinear()
# Linear positions agree: whole columns of one are whole columns of the other.
function getindex(a::ReinterpretArray{T,N,S,<:Array}, i::Int) where {T,N,S}
    @boundscheck checkbounds(a, i)
    return unsafe_load(Ptr{T}(pointer(a.parent)), i)
end
function setindex!(a::ReinterpretArray{T,N,S,<:Array}, v, i::Int) where {T,N,S}
    @boundscheck checkbounds(a, i)
    unsafe_store!(Ptr{T}(pointer(a.parent)), convert(T, v), i)
    return a
end
# Any other parent: the elements of it that hold ours are copied out, and back.
_holders(a::ReinterpretArray{T,N,S}, i::Int) where {T,N,S} =
    (div((i - 1) * sizeof(T), sizeof(S)) + 1, div(i * sizeof(T) - 1, sizeof(S)) + 1)
function getindex(a::ReinterpretArray{T,N,S}, i::Int) where {T,N,S}
    @boundscheck checkbounds(a, i)
    from, to = _holders(a, i)
    part = S[a.parent[k] for k in from:to]
    return unsafe_load(Ptr{T}(Ptr{UInt8}(pointer(part)) + ((i - 1) * sizeof(T) - (from - 1) * sizeof(S))))
end
function setindex!(a::ReinterpretArray{T,N,S}, v, i::Int) where {T,N,S}
    @boundscheck checkbounds(a, i)
    from, to = _holders(a, i)
    part = S[a.parent[k] for k in from:to]
    unsafe_store!(Ptr{T}(Ptr{UInt8}(pointer(part)) + ((i - 1) * sizeof(T) - (from - 1) * sizeof(S))), convert(T, v))
    for k in from:to
        a.parent[k] = part[k-from+1]
    end
    return a
end
