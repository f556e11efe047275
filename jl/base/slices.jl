# SPDX-License-Identifier: MIT
# Other views of an array: in another shape, with its dimensions in another order, slice by slice.

# --- The elements of `parent` in another shape
struct ReshapedArray{T,N,P<:AbstractArray,MI<:Tuple} <: AbstractArray{T,N}
    parent::P
    dims::NTuple{N,Int}
    mi::MI
end
_reshaped_view(a::AbstractArray{T}, dims::NTuple{N,Int}) where {T,N} = ReshapedArray{T,N,typeof(a),Tuple{}}(a, dims, ())
function reshape(a::AbstractArray, dims::Tuple{Vararg{Int}})
    _check_reshape(dims, length(a))
    return dims == size(a) ? a : _reshaped_view(a, dims)
end
reshape(a::ReshapedArray, dims::Tuple{Vararg{Int}}) = reshape(a.parent, dims)
size(a::ReshapedArray) = a.dims
parent(a::ReshapedArray) = a.parent
IndexStyle(::Type{<:ReshapedArray}) = IndexLinear()
function getindex(a::ReshapedArray, i::Int)
    @inline
    @boundscheck checkbounds(a, i)
    return @inbounds a.parent[i]
end
function setindex!(a::ReshapedArray, v, i::Int)
    @inline
    @boundscheck checkbounds(a, i)
    @inbounds a.parent[i] = v
    return a
end
function showarg(io::IO, a::ReshapedArray, toplevel::Bool)
    print(io, "reshape(")
    showarg(io, a.parent, false)
    print(io, ", ")
    join(io, a.dims, ", ")
    print(io, ')')
    toplevel && print(io, " with eltype ", eltype(a))
    return nothing
end

# --- The dimensions of `parent` in another order: dimension d is the parent's perm[d]
struct PermutedDimsArray{T,N,perm,iperm,AA<:AbstractArray} <: AbstractArray{T,N}
    parent::AA
end
function PermutedDimsArray(a::AbstractArray{T,N}, perm) where {T,N}
    p = Tuple(perm)
    length(p) == N && isperm(p) || throw(ArgumentError(string(p, " is not a valid permutation of dimensions 1:", N)))
    return PermutedDimsArray{T,N,p,Tuple(invperm(p)),typeof(a)}(a)
end
parent(a::PermutedDimsArray) = a.parent
size(a::PermutedDimsArray{T,N,perm}) where {T,N,perm} = map(d -> size(a.parent, d), perm)
getindex(a::PermutedDimsArray{T,N,perm,iperm}, i::Vararg{Int,N}) where {T,N,perm,iperm} = a.parent[map(d -> i[d], iperm)...]
setindex!(a::PermutedDimsArray{T,N,perm,iperm}, v, i::Vararg{Int,N}) where {T,N,perm,iperm} = (a.parent[map(d -> i[d], iperm)...] = v; a)
permutedims!(b::AbstractArray, a::AbstractArray, perm) = copyto!(b, PermutedDimsArray(a, perm))
function showarg(io::IO, a::PermutedDimsArray{T,N,perm}, toplevel::Bool) where {T,N,perm}
    print(io, "PermutedDimsArray(")
    showarg(io, a.parent, false)
    print(io, ", ", perm, ')')
    toplevel && print(io, " with eltype ", eltype(a))
    return nothing
end

# --- An array of the views of `parent` along some dimensions. The map says for each dimension of the parent which
# dimension of the slices' array chooses there; `:` for those that lie within a slice.
struct Slices{P,SM,AX,S,N} <: AbstractArray{S,N}
    parent::P
    slicemap::SM
    axes::AX
end
const RowSlices{P<:AbstractMatrix,AX,S<:AbstractVector} = Slices{P,Tuple{Int,Colon},AX,S,1}
const ColumnSlices{P<:AbstractMatrix,AX,S<:AbstractVector} = Slices{P,Tuple{Colon,Int},AX,S,1}
function _make_slices(a, slicemap, ax::Tuple)
    S = typeof(view(a, map((m, r) -> m isa Colon ? (:) : first(r), slicemap, axes(a))...))
    return _slices_of(S, a, slicemap, ax)
end
# An array without rows has no first one.
function _make_slices(a::AbstractMatrix{T}, slicemap, ax::Tuple{OneTo{Int}}) where {T}
    I = Tuple{_slice_index(slicemap[1]),_slice_index(slicemap[2])}
    return _slices_of(SubArray{T,1,typeof(a),I,true}, a, slicemap, ax)
end
_slice_index(::Colon) = Slice{OneTo{Int}}
_slice_index(::Int) = Int
_slices_of(::Type{S}, a, slicemap, ax) where {S} = Slices{typeof(a),typeof(slicemap),typeof(ax),S,length(ax)}(a, slicemap, ax)
eachrow(a::AbstractMatrix) = _make_slices(a, (1, :), (axes(a, 1),))
eachcol(a::AbstractMatrix) = _make_slices(a, (:, 1), (axes(a, 2),))
eachrow(a::AbstractVector) = eachrow(reshape(a, (length(a), 1)))
eachcol(a::AbstractVector) = eachcol(reshape(a, (length(a), 1)))
function eachslice(a::AbstractArray; dims, drop::Bool=true)
    ds = dims isa Integer ? (Int(dims),) : Tuple(dims)
    for d in ds
        1 <= d <= ndims(a) || throw(DimensionMismatch(string("A doesn't have ", d, " dimensions")))
    end
    allunique(ds) || throw(ArgumentError(string("dims ", ds, " are not unique")))
    if drop
        places = ntuple(d -> findfirst(==(d), ds), ndims(a))
        return _make_slices(a, map(k -> k === nothing ? (:) : k, places), map(d -> axes(a, d), ds))
    end
    return _make_slices(a, ntuple(d -> d in ds ? d : (:), ndims(a)), ntuple(d -> d in ds ? axes(a, d) : OneTo(1), ndims(a)))
end
parent(s::Slices) = s.parent
size(s::Slices) = map(length, s.axes)
axes(s::Slices) = s.axes
IndexStyle(::Type{<:Slices{P,SM,AX,S,1}}) where {P,SM,AX,S} = IndexLinear()
_slice_at(s::Slices, i::Tuple) = map(m -> m isa Colon ? m : i[m], s.slicemap)
function getindex(s::Slices{P,SM,AX,S,N}, i::Vararg{Int,N}) where {P,SM,AX,S,N}
    @inline
    @boundscheck checkbounds(s, i...)
    return view(s.parent, _slice_at(s, i)...)::S
end
setindex!(s::Slices{P,SM,AX,S,N}, v, i::Vararg{Int,N}) where {P,SM,AX,S,N} = (s[i...] .= v; s)

selectdim(a::AbstractArray, d::Integer, i) = view(a, ntuple(k -> k == d ? i : (:), ndims(a))...)
# f of every slice that goes through `dims`; what f gives stands where its slice stood.
function mapslices(f, a::AbstractArray; dims)
    ds = dims isa Integer ? (Int(dims),) : Tuple(dims)
    isempty(ds) && return map(f, a)
    for d in ds
        d >= 1 || throw(ArgumentError(string("dimension must be ≥ 1, got ", d)))
    end
    others = ntuple(d -> d in ds ? OneTo(1) : OneTo(size(a, d)), ndims(a))
    slice(c) = f(a[ntuple(d -> d in ds ? (:) : c[d], ndims(a))...])
    spots = CartesianIndices(others)
    isempty(spots) && throw(ArgumentError("mapslices needs at least one slice"))
    head = slice(first(spots))
    given(x) = ntuple(k -> x isa AbstractArray ? size(x, k) : 1, length(ds))
    extent = given(head)
    shape = ntuple(d -> (k = findfirst(==(d), ds); k === nothing ? size(a, d) : extent[k]), ndims(a))
    out = similar(a, head isa AbstractArray ? eltype(head) : typeof(head), shape)
    for c in spots
        x = c == first(spots) ? head : slice(c)
        given(x) == extent || throw(DimensionMismatch("mismatch between the results of the slices"))
        if x isa AbstractArray
            out[ntuple(d -> d in ds ? (:) : c[d], ndims(a))...] = x
        else
            out[c] = x
        end
    end
    return out
end

export eachrow, eachcol, eachslice, selectdim, mapslices, permutedims!, PermutedDimsArray, Slices, RowSlices, ColumnSlices
