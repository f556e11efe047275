# SPDX-License-Identifier: MIT
# BitArray: Bools as bits, 64 to a word; what broadcasting a comparison gives. Bits past the end are zero.

mutable struct BitArray{N} <: AbstractArray{Bool,N}
    chunks::Vector{UInt64}
    len::Int
    dims::NTuple{N,Int}
    BitArray{N}(chunks::Vector{UInt64}, dims::NTuple{N,Int}) where {N} = new{N}(chunks, prod(dims), dims)
end
const BitVector = BitArray{1}
const BitMatrix = BitArray{2}
function BitArray{N}(::UndefInitializer, dims::NTuple{N,Int}) where {N}
    n = _checked_length(dims...)
    n < 0 && throw(ArgumentError("invalid Array dimensions"))
    return BitArray{N}(fill!(Vector{UInt64}(undef, (n + 63) >> 6), UInt64(0)), dims)
end
BitArray{N}(::UndefInitializer, dims::Integer...) where {N} = BitArray{N}(undef, map(Int, dims))
BitArray(::UndefInitializer, dims::Integer...) = BitArray{length(dims)}(undef, map(Int, dims))
BitArray(::UndefInitializer, dims::Tuple) = BitArray{length(dims)}(undef, map(Int, dims))
BitArray{N}(a::AbstractArray{<:Any,N}) where {N} = _set_bits!(BitArray{N}(undef, size(a)), a)
BitArray(a::AbstractArray{<:Any,N}) where {N} = BitArray{N}(a)
BitArray(itr) = BitArray(collect(Bool, itr))
BitArray{N}(itr) where {N} = BitArray{N}(collect(Bool, itr))
BitVector() = BitVector(undef, 0)
trues(dims::Integer...) = trues(dims)
trues(dims::Tuple) = fill!(BitArray(undef, map(length_of_axis, dims)), true)
falses(dims::Integer...) = falses(dims)
falses(dims::Tuple) = BitArray(undef, map(length_of_axis, dims))
function _set_bits!(b::BitArray, values)
    i = 0
    for v in values
        b[i+=1] = v
    end
    return b
end
convert(::Type{BitArray{N}}, a::AbstractArray{<:Any,N}) where {N} = a isa BitArray ? a : BitArray{N}(a)

size(b::BitArray) = b.dims
length(b::BitArray) = b.len
IndexStyle(::Type{<:BitArray}) = IndexLinear()
function getindex(b::BitArray, i::Int)
    @inline
    @boundscheck 1 <= i <= b.len || throw_boundserror(b, (i,))
    return @inbounds(b.chunks[((i - 1) >> 6) + 1] >> ((i - 1) & 63)) & UInt64(1) != 0
end
function setindex!(b::BitArray, v, i::Int)
    @inline
    @boundscheck 1 <= i <= b.len || throw_boundserror(b, (i,))
    bit = UInt64(1) << ((i - 1) & 63)
    w = ((i - 1) >> 6) + 1
    old = @inbounds b.chunks[w]
    @inbounds b.chunks[w] = convert(Bool, v)::Bool ? old | bit : old & ~bit
    return b
end
similar(b::BitArray, ::Type{Bool}, dims::Tuple{Vararg{Int}}) = BitArray{length(dims)}(undef, dims)
copy(b::BitArray{N}) where {N} = BitArray{N}(copy(b.chunks), b.dims)
reshape(b::BitArray, dims::Tuple{Vararg{Int}}) = (_check_reshape(dims, b.len); BitArray{length(dims)}(b.chunks, dims))
# Bits past the end stay zero, so that whole words can be compared and counted.
function _clear_tail!(b::BitArray)
    rest = b.len & 63
    rest == 0 || (b.chunks[end] &= (UInt64(1) << rest) - UInt64(1))
    return b
end
fill!(b::BitArray, v) = (fill!(b.chunks, convert(Bool, v) ? typemax(UInt64) : UInt64(0)); _clear_tail!(b))
==(a::BitArray, b::BitArray) = a.dims == b.dims && a.chunks == b.chunks
function count(b::BitArray; init=0, dims=:)
    dims isa Colon || return _reduce_dims(x -> x ? 1 : 0, +, b, dims, init)
    n = init
    for w in b.chunks
        n += count_ones(w)
    end
    return n
end
sum(b::BitArray; init=0, dims=:) = count(b; init=init, dims=dims)
any(b::BitArray; dims=:) = dims isa Colon ? any(!iszero, b.chunks) : _reduce_dims(identity, |, b, dims, false)
all(b::BitArray; dims=:) = dims isa Colon ? count(b) == b.len : _reduce_dims(identity, &, b, dims, true)

# --- Vectors grow and shrink
function _set_length!(b::BitVector, n::Int)
    words = (n + 63) >> 6
    while length(b.chunks) < words
        push!(b.chunks, UInt64(0))
    end
    resize!(b.chunks, words)
    b.len = n
    b.dims = (n,)
    return _clear_tail!(b)
end
resize!(b::BitVector, n::Integer) = n < 0 ? throw(ArgumentError("new length must be ≥ 0")) : _set_length!(b, Int(n))
push!(b::BitVector, v) = (_set_length!(b, b.len + 1); b[b.len] = v; b)
append!(b::BitVector, values) = (foreach(v -> push!(b, v), collect(values)); b)
empty!(b::BitVector) = _set_length!(b, 0)
function pop!(b::BitVector)
    b.len == 0 && throw(ArgumentError("argument must not be empty"))
    v = b[b.len]
    _set_length!(b, b.len - 1)
    return v
end
function _through_vector!(f, b::BitVector)
    v = collect(b)
    result = f(v)
    _set_bits!(_set_length!(b, length(v)), v)
    return result
end
popfirst!(b::BitVector) = _through_vector!(popfirst!, b)
pushfirst!(b::BitVector, v) = (_through_vector!(a -> pushfirst!(a, v), b); b)
insert!(b::BitVector, i::Integer, v) = (_through_vector!(a -> insert!(a, i, v), b); b)
deleteat!(b::BitVector, i) = (_through_vector!(a -> deleteat!(a, i), b); b)
splice!(b::BitVector, i, new=()) = _through_vector!(a -> splice!(a, i, new), b)
export BitArray, BitVector, BitMatrix, trues, falses
