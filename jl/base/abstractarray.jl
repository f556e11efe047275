# SPDX-License-Identifier: MIT
# What holds for all arrays: indices, bounds, indexing by ranges and arrays, reshaping, views.

size(a::AbstractArray, d::Integer) = d < 1 ? throw(ArgumentError("dimension must be ≥ 1, got $d")) : d <= ndims(a) ? size(a)[d] : 1
size(a::AbstractArray, d::Integer, e::Integer, more::Integer...) = map(k -> size(a, k), (d, e, more...))
axes(a::AbstractArray) = map(n -> OneTo(n), size(a))
axes(a::AbstractArray, d::Integer) = d <= ndims(a) ? axes(a)[d] : OneTo(1)
length(a::AbstractArray) = prod(size(a))
firstindex(a::AbstractArray) = 1
lastindex(a::AbstractArray) = length(a)
firstindex(a::AbstractArray, d) = first(axes(a, d))
lastindex(a::AbstractArray, d) = last(axes(a, d))
first(a::AbstractArray) = a[first(eachindex(a))]
first(itr) = (y = iterate(itr); y === nothing ? throw(ArgumentError("collection must be non-empty")) : y[1])
first(itr, n::Integer) = collect(Iterators.take(itr, n))
first(a::AbstractVector, n::Integer) = n < 0 ? throw(ArgumentError("Number of elements must be non-negative")) : a[1:min(n, end)]
last(a::AbstractArray) = isempty(a) ? throw(BoundsError(a, 0)) : a[lastindex(a)]
last(a) = a[lastindex(a)]
last(a::AbstractVector, n::Integer) = n < 0 ? throw(ArgumentError("Number of elements must be non-negative")) : a[max(1, end - n + 1):end]
isempty(a::AbstractArray) = length(a) == 0
ndims(a::AbstractArray) = ndims(typeof(a))
eachindex(a::AbstractArray) = _eachindex(IndexStyle(a), a)
_eachindex(::IndexLinear, a) = (@inline; OneTo(length(a)))
_eachindex(::IndexCartesian, a) = CartesianIndices(a)
eachindex(::IndexLinear, a::AbstractArray) = OneTo(length(a))
eachindex(::IndexCartesian, a::AbstractArray) = CartesianIndices(a)
eachindex(a::AbstractVector) = (@inline; OneTo(length(a)))
eachindex(a::AbstractArray, b::AbstractArray, more::AbstractArray...) = (_same_length(a, b, more...); eachindex(a))
eachindex(itr) = keys(itr)
_same_length(a, b...) = all(x -> length(x) == length(a), b) || throw(DimensionMismatch(string("all inputs to eachindex must have the same indices, got ", join(map(x -> axes(x), (a, b...)), ", ", " and "))))
keys(a::AbstractArray) = CartesianIndices(a)
keys(a::AbstractVector) = LinearIndices(a)
values(a) = a
valtype(a::AbstractArray) = eltype(a)
keytype(a::AbstractArray) = eltype(keys(a))
iterate(a::AbstractArray) = (idx = eachindex(a); _iterate_at(a, idx, iterate(idx)))
iterate(a::AbstractArray, s) = (@inline; _iterate_at(a, s[1], iterate(s[1], s[2])))
_iterate_at(a, idx, ::Nothing) = nothing
_iterate_at(a, idx, y) = (@inline; (a[y[1]], (idx, y[2])))
export valtype, keytype

# --- Bounds ---------------------------------------------------------------------------------------------------------
checkbounds(::Type{Bool}, a::AbstractArray, i::Integer) = (@inline; 1 <= i <= length(a))
checkbounds(::Type{Bool}, a::AbstractArray, i::CartesianIndex) = checkbounds(Bool, a, i.I...)
checkbounds(::Type{Bool}, a::AbstractArray, i::AbstractArray{Bool}) = size(a) == size(i) || (ndims(i) == 1 && length(i) == length(a))
checkbounds(::Type{Bool}, a::AbstractArray, i::AbstractArray) = all(k -> checkbounds(Bool, a, k), i)
checkbounds(::Type{Bool}, a::AbstractArray, i::AbstractRange) = isempty(i) || (checkbounds(Bool, a, first(i)) && checkbounds(Bool, a, last(i)))
checkbounds(::Type{Bool}, a::AbstractArray, ::Colon) = true
checkbounds(::Type{Bool}, a::AbstractArray) = length(a) == 1
checkbounds(::Type{Bool}, a::AbstractArray, i...) = _check_dims(axes(a), i)
_check_dims(::Tuple{}, i::Tuple) = all(k -> k isa Colon || all(==(1), k), i)
_check_dims(::Tuple{}, ::Tuple{}) = true
_check_dims(ax::Tuple, ::Tuple{}) = all(r -> length(r) == 1, ax)
_check_dims(ax::Tuple, i::Tuple) = (@inline; i[1] isa CartesianIndex ? _check_dims(ax, (i[1].I..., tail(i)...)) :
    _in_axis(ax[1], i[1]) && _check_dims(tail(ax), tail(i)))
_in_axis(r, i::Integer) = (@inline; first(r) <= i <= last(r))
_in_axis(r, ::Colon) = true
_in_axis(r, i::AbstractRange) = isempty(i) || (_in_axis(r, first(i)) && _in_axis(r, last(i)))
_in_axis(r, i::AbstractArray{Bool}) = length(i) == length(r)
_in_axis(r, i::AbstractArray) = all(k -> _in_axis(r, k), i)
_in_axis(r, i) = _not_an_index(i)
checkbounds(a::AbstractArray, i...) = (@inline; checkbounds(Bool, a, i...) || throw_boundserror(a, _named_index(a, i)); nothing)
# As a message shows it: a colon by the range that it stands for, a CartesianIndex by its numbers.
_named_index(a, i::Tuple) = (t = _expand_indices(i); length(t) == 1 ? (t[1] isa Colon ? OneTo(length(a)) : t[1],) :
    ntuple(d -> t[d] isa Colon ? axes(a, d) : t[d], length(t)))
checkindex(::Type{Bool}, r, i) = _in_axis(r, i)
get(a::AbstractArray, i::Integer, default) = checkbounds(Bool, a, i) ? a[i] : default
get(a::AbstractArray, i::Tuple, default) = checkbounds(Bool, a, i...) ? a[i...] : default
get(a::AbstractArray, i::CartesianIndex, default) = checkbounds(Bool, a, i) ? a[i] : default
get(f::Callable, a::AbstractArray, i::Union{Integer,CartesianIndex}) = checkbounds(Bool, a, i) ? a[i] : f()
get(f::Callable, a::AbstractArray, i::Tuple) = checkbounds(Bool, a, i...) ? a[i...] : f()
haskey(a::AbstractArray, i) = checkbounds(Bool, a, i)
export checkbounds, checkindex

# --- getindex -------------------------------------------------------------------------------------------------------
_bool_index(i) = throw(ArgumentError(string("invalid index: ", i, " of type Bool")))
_not_an_index(i) = throw(ArgumentError(string("invalid index: ", repr(i), " of type ", typeof(i))))
getindex(a::AbstractArray, i::Integer) = i isa Bool ? _bool_index(i) : i isa Int ? _getindex_fallback(IndexStyle(a), a, i) : a[Int(i)]
# An array type without the method that all others rest on.
struct CanonicalIndexError <: Exception
    func::String
    type::Any
end
@noinline _no_element(f, a) = throw(CanonicalIndexError(f, typeof(a)))
_getindex_fallback(::IndexCartesian, a::AbstractArray{T,N}, i) where {T,N} = N == 1 ? _no_element("getindex", a) : a[_linear_to_tuple(size(a), i)...]
_getindex_fallback(::IndexLinear, a, i) = _no_element("getindex", a)
setindex!(a::AbstractArray, v, i::Integer) = i isa Bool ? _bool_index(i) : i isa Int ? _setindex_fallback(IndexStyle(a), a, v, i) : (a[Int(i)] = v; a)
_setindex_fallback(::IndexCartesian, a::AbstractArray{T,N}, v, i) where {T,N} = N == 1 ? _no_element("setindex!", a) : (a[_linear_to_tuple(size(a), i)...] = v; a)
_setindex_fallback(::IndexLinear, a, v, i) = _no_element("setindex!", a)
getindex(a::AbstractArray) = length(a) == 1 ? a[1] : throw(BoundsError(a, ()))
getindex(a::AbstractArray, i::CartesianIndex) = (@inline; a[i.I...])
setindex!(a::AbstractArray, v, i::CartesianIndex) = (@inline; a[i.I...] = v; a)
getindex(a::AbstractVector, i::CartesianIndex{1}) = a[i.I[1]]
# Several integers on an array with linear indices.
function getindex(a::AbstractArray, i::Integer, j::Integer, more::Integer...)
    @inline
    t = (Int(i), Int(j), map(Int, more)...)
    @boundscheck checkbounds(a, t...)
    return _get_at(IndexStyle(a), a, t)
end
_get_at(::IndexLinear, a, t) = (@inline; @inbounds a[_tuple_to_linear(size(a), _fit_dims(size(a), t))])
_get_at(::IndexCartesian, a::AbstractArray{T,N}, t) where {T,N} = length(t) == N ? _no_element("getindex", a) : a[_fit_dims(size(a), t)...]
function setindex!(a::AbstractArray, v, i::Integer, j::Integer, more::Integer...)
    @inline
    t = (Int(i), Int(j), map(Int, more)...)
    @boundscheck checkbounds(a, t...)
    return _set_at(IndexStyle(a), a, v, t)
end
_set_at(::IndexLinear, a, v, t) = (@inline; @inbounds a[_tuple_to_linear(size(a), _fit_dims(size(a), t))] = v; a)
_set_at(::IndexCartesian, a::AbstractArray{T,N}, v, t) where {T,N} = length(t) == N ? _no_element("setindex!", a) : (a[_fit_dims(size(a), t)...] = v; a)
# Trailing ones may be left out or added.
_fit_dims(sz::Tuple, t::Tuple) = length(t) == length(sz) ? t : length(t) > length(sz) ? ntuple(k -> t[k], length(sz)) : ntuple(k -> k <= length(t) ? t[k] : 1, length(sz))

getindex(a::AbstractArray, ::Colon) = _pick(a, OneTo(length(a)))
getindex(a::AbstractArray, r::AbstractRange{<:Integer}) = (checkbounds(a, r); _pick(a, r))
getindex(a::AbstractArray, i::AbstractArray{Bool}) = (checkbounds(a, i); _pick(a, findall(vec(i))))
getindex(a::AbstractArray, i::AbstractArray) = (checkbounds(a, i); _pick(a, i))
function _pick(a::AbstractArray{T}, inds) where {T}
    b = similar(a, T, size(inds))
    k = 0
    for i in inds
        @inbounds b[k+=1] = a[i]
    end
    return b
end
getindex(a::AbstractArray, i...) = _slice(a, _expand_indices(i), axes(a))
_expand_indices(i::Tuple{}) = ()
_expand_indices(i::Tuple) = i[1] isa CartesianIndex ? (i[1].I..., _expand_indices(tail(i))...) : (i[1], _expand_indices(tail(i))...)
_as_index(r, ::Colon) = r
_as_index(r, i::Integer) = i
_as_index(r, i::AbstractArray{Bool}) = findall(i)
_as_index(r, i) = i
_index_shape(i::Integer) = ()
_index_shape(i) = size(i)
function _slice(a::AbstractArray{T}, i::Tuple, ax) where {T}
    checkbounds(a, i...)
    inds = ntuple(d -> _as_index(d <= length(ax) ? ax[d] : OneTo(1), i[d]), length(i))
    b = similar(a, T, _join_shapes(inds))
    k = 0
    for t in Iterators.product(map(_iterable_index, inds)...)
        @inbounds b[k+=1] = a[t...]
    end
    return b
end
_iterable_index(i::Integer) = (Int(i),)
_iterable_index(i) = i
_join_shapes(::Tuple{}) = ()
_join_shapes(t::Tuple) = (_index_shape(t[1])..., _join_shapes(tail(t))...)
setindex!(a::AbstractArray, v, ::Colon) = _assign_each(a, v, (OneTo(length(a)),))
setindex!(a::AbstractArray, v, r::AbstractArray) = (checkbounds(a, r); _assign_each(a, v, (eltype(r) === Bool ? findall(vec(r)) : r,)))
function setindex!(a::AbstractArray, v, i...)
    t = _expand_indices(i)
    checkbounds(a, t...)
    ax = axes(a)
    return _assign_each(a, v, ntuple(d -> _as_index(d <= length(ax) ? ax[d] : OneTo(1), t[d]), length(t)))
end
function _assign_each(a, v::AbstractArray, inds::Tuple)
    n = prod(map(length, map(_iterable_index, inds)))
    length(v) == n || throw(DimensionMismatch(string("tried to assign ", length(v), " elements to ", n, " destinations")))
    y = iterate(v === a ? copy(v) : v)
    for t in Iterators.product(map(_iterable_index, inds)...)
        a[t...] = y[1]
        y = iterate(v, y[2])
    end
    return a
end
_assign_each(a, v, inds::Tuple) = throw(ArgumentError("indexed assignment with a single value to possibly many locations is not supported; perhaps use broadcasting `.=` instead?"))

similar(a::AbstractArray{T}) where {T} = similar(a, T, size(a))
similar(a::AbstractArray, ::Type{S}) where {S} = similar(a, S, size(a))
similar(a::AbstractArray{T}, dims::Tuple) where {T} = similar(a, T, map(Int, map(length_of_axis, dims)))
similar(a::AbstractArray{T}, dims::Integer...) where {T} = similar(a, T, map(Int, dims))
similar(a::AbstractArray, ::Type{S}, dims::Integer...) where {S} = similar(a, S, map(Int, dims))
similar(a::AbstractArray, ::Type{S}, dims::Tuple) where {S} = Array{S}(undef, map(Int, map(length_of_axis, dims)))
similar(::Type{A}, dims::Integer...) where {A<:AbstractArray} = similar(A, dims)
similar(::Type{A}, dims::Tuple) where {T,A<:Array{T}} = Array{T}(undef, map(Int, map(length_of_axis, dims)))
function copyto!(dest::AbstractArray, src)
    i = firstindex(dest)
    n = length(dest)
    for x in src
        i > n && throw(BoundsError(dest, i))
        dest[i] = x
        i += 1
    end
    return dest
end
function copyto!(dest::AbstractArray, doff::Integer, src, soff::Integer=1, n::Integer=length(src) - soff + 1)
    n < 0 && throw(ArgumentError(string("tried to copy n=", n, " elements, but n should be non-negative")))
    n == 0 && return dest
    dest isa AbstractArray && _check_part(dest, Int(doff), Int(n))
    src isa AbstractArray && _check_part(src, Int(soff), Int(n))
    for k in 0:n-1
        dest[doff+k] = src[soff+k]
    end
    return dest
end
copy(a::AbstractArray) = copyto!(similar(a), a)
copymutable(a::AbstractArray) = copyto!(similar(a), a)

function ==(a::AbstractArray, b::AbstractArray)
    size(a) == size(b) || return false
    unknown = false
    for (x, y) in zip(a, b)
        v = x == y
        v === missing ? (unknown = true) : v || return false
    end
    return unknown ? missing : true
end
isequal(a::AbstractArray, b::AbstractArray) = a === b || (size(a) == size(b) && _all_equal(isequal, a, b))
function _all_equal(eq, a, b)
    for (x, y) in zip(a, b)
        eq(x, y) === true || return false
    end
    return true
end
function isless(a::AbstractVector, b::AbstractVector)
    for (x, y) in zip(a, b)
        isequal(x, y) || return isless(x, y)
    end
    return length(a) < length(b)
end
cmp(a::AbstractVector, b::AbstractVector) = isless(a, b) ? -1 : isless(b, a) ? 1 : 0

# --- Shapes ---------------------------------------------------------------------------------------------------------
function reshape(a::Array, dims::Tuple{Vararg{Int}})
    _check_reshape(dims, length(a))
    return _reshaped(a, dims)
end
_check_reshape(dims, n) = _checked_length(dims...) == n && all(d -> d >= 0, dims) ||
    throw(DimensionMismatch(string("new dimensions ", dims, " must be consistent with array length ", n)))
reshape(a::AbstractArray, dims::Tuple) = reshape(a, _fill_colon(dims, length(a)))
reshape(a::AbstractArray, dims::Union{Integer,Colon}...) = reshape(a, _fill_colon(dims, length(a)))
function _fill_colon(dims, n)
    known = prod(map(d -> d isa Colon ? 1 : Int(d), dims))
    count(d -> d isa Colon, dims) > 1 && throw(DimensionMismatch("new dimensions $dims may have at most one omitted dimension specified by `Colon()`"))
    any(d -> d isa Colon, dims) && (known == 0 || rem(n, known) != 0) && throw(DimensionMismatch(string("array size ", n, " must be divisible by the product of the new dimensions ", dims)))
    return map(d -> d isa Colon ? div(n, known) : Int(d), dims)
end
# The shape of what is computed element by element: all the same but for ones at the end.
promote_shape(a::AbstractArray, b::AbstractArray) = promote_shape(axes(a), axes(b))
function promote_shape(a::Tuple, b::Tuple)
    n = min(length(a), length(b))
    long = length(a) >= length(b) ? a : b
    (all(d -> a[d] == b[d], 1:n) && all(d -> long[d] == 1 || long[d] == OneTo(1), n+1:length(long))) && return long
    at = findfirst(d -> get(a, d, 1) != get(b, d, 1), 1:length(long))
    throw(DimensionMismatch(string("dimensions must match: a has dims ", a, ", b has dims ", b, ", mismatch at ", at)))
end
# Indices as they are used: integers are Int, colons are axes, masks the places where they hold.
to_indices(a, i::Tuple) = to_indices(a, axes(a), i)
to_indices(a, ax, ::Tuple{}) = ()
to_indices(a, ax, i::Tuple) = i[1] isa CartesianIndex ? to_indices(a, ax, (i[1].I..., tail(i)...)) :
    (_to_index(_head_axis(ax), i[1]), to_indices(a, isempty(ax) ? () : tail(ax), tail(i))...)
_head_axis(::Tuple{}) = OneTo(1)
_head_axis(ax::Tuple) = ax[1]
to_index(i::Integer) = i isa Bool ? _bool_index(i) : Int(i)
to_index(i::AbstractArray{Bool}) = findall(i)
to_index(i::AbstractArray) = i
to_index(i) = _not_an_index(i)
_to_index(r, ::Colon) = Slice(r)
_to_index(r, i) = to_index(i)
vec(a::AbstractArray) = reshape(a, (length(a),))
vec(a::AbstractVector) = a
function dropdims(a::AbstractArray; dims)
    for d in dims
        1 <= d <= ndims(a) || throw(ArgumentError("dropped dims must be in range 1:ndims(A)"))
        size(a, d) == 1 || throw(ArgumentError("dropped dims must all be size 1"))
    end
    allunique(dims) || throw(ArgumentError("dropped dims must be unique"))
    return reshape(a, Tuple(size(a, d) for d in 1:ndims(a) if !(d in dims)))
end
function permutedims(a::AbstractMatrix)
    b = similar(a, (size(a, 2), size(a, 1)))
    for j in 1:size(a, 2), i in 1:size(a, 1)
        b[j, i] = a[i, j]
    end
    return b
end
permutedims(a::AbstractVector) = reshape(copy(a), (1, length(a)))
function permutedims(a::AbstractArray, perm)
    p = Tuple(perm)
    length(p) == ndims(a) && isperm(p) || throw(ArgumentError("no valid permutation of dimensions"))
    b = similar(a, map(d -> size(a, d), p))
    for i in CartesianIndices(a)
        b[map(d -> i[d], p)...] = a[i]
    end
    return b
end
function reverse(a::AbstractVector)
    b = similar(a)
    n = length(a)
    for i in 1:n
        b[n+1-i] = a[i]
    end
    return b
end
reverse(a::AbstractVector, start::Integer, stop::Integer=lastindex(a)) = reverse!(copy(a), start, stop)
function reverse(a::AbstractArray; dims=:)
    dims isa Colon && return reshape(reverse(vec(copy(a))), size(a))
    all(d -> 1 <= d <= ndims(a), dims) || throw(ArgumentError(string("invalid dimensions ", dims, " in reverse!")))
    b = similar(a)
    for i in CartesianIndices(a)
        b[ntuple(d -> d in dims ? size(a, d) + 1 - i[d] : i[d], ndims(a))...] = a[i]
    end
    return b
end
function circshift(a::AbstractVector, k::Integer)
    n = length(a)
    b = similar(a)
    s = n == 0 ? 0 : Int(mod(k, n))
    for i in 1:n
        b[mod1(i + s, n)] = a[i]
    end
    return b
end
function circshift(a::AbstractArray, shifts)
    b = similar(a)
    s = map((k, n) -> n == 0 ? 0 : Int(mod(k, n)), Tuple(shifts), size(a))
    for i in CartesianIndices(a)
        b[ntuple(d -> mod1(i[d] + (d <= length(s) ? s[d] : 0), size(a, d)), ndims(a))...] = a[i]
    end
    return b
end
circshift!(a::AbstractVector, k::Integer) = copyto!(a, circshift(a, k))
rot180(a::AbstractMatrix) = reverse(a)
rotl90(a::AbstractMatrix) = reverse(permutedims(a); dims=1)
rotr90(a::AbstractMatrix) = reverse(permutedims(a); dims=2)
rotr90(a::AbstractMatrix, k::Integer) = (k = mod(k, 4); k == 1 ? rotr90(a) : k == 2 ? rot180(a) : k == 3 ? rotl90(a) : copy(a))
rotl90(a::AbstractMatrix, k::Integer) = rotr90(a, -k)
rot180(a::AbstractMatrix, k::Integer) = isodd(k) ? rot180(a) : copy(a)
export promote_shape, to_indices, reshape, vec, dropdims, permutedims, reverse, circshift, circshift!, rot180, rotl90, rotr90

# --- Views ----------------------------------------------------------------------------------------------------------
# What a colon selects: all of an axis, which shows as `:` again.
struct Slice{T<:AbstractUnitRange} <: AbstractUnitRange{Int}
    indices::T
end
first(s::Slice) = Int(first(s.indices))
last(s::Slice) = Int(last(s.indices))
length(s::Slice) = length(s.indices)
iterate(s::Slice) = (@inline; iterate(s.indices))
iterate(s::Slice, i) = (@inline; iterate(s.indices, i))
function getindex(s::Slice, i::Int)
    @inline
    @boundscheck checkbounds(s, i)
    return i
end
show(io::IO, s::Slice) = print(io, "Base.Slice(", s.indices, ")")
# L: one index is enough, and counts along the view.
struct SubArray{T,N,P<:AbstractArray,I<:Tuple,L} <: AbstractArray{T,N}
    parent::P
    indices::I # one for each dimension of the parent: an integer or an index vector
end
function view(a::AbstractArray{T}, i...) where {T}
    t = _expand_indices(i)
    checkbounds(a, t...)
    if length(t) == 1
        inds = (_view_index(OneTo(length(a)), t[1]),)
    else
        ax = axes(a)
        inds = map((d, k) -> _view_index(d <= length(ax) ? ax[d] : OneTo(1), k), ntuple(identity, length(t)), t)
    end
    return _make_view(a, inds, Val(length(_join_shapes(inds))))
end
_view_index(r, ::Colon) = Slice(r)
_view_index(r, i) = _as_index(r, i)
_make_view(a::AbstractArray{T}, inds::I, ::Val{N}) where {T,I<:Tuple,N} = SubArray{T,N,typeof(a),I,N == 1}(a, inds)
view(r::AbstractRange, i::AbstractUnitRange{<:Integer}) = r[i]
view(a::SubArray{T,1}, r::AbstractUnitRange{<:Integer}) where {T} = (checkbounds(a, r); _make_view(a.parent, _compose(a.indices, r), Val(1)))
_compose(t::Tuple, r) = t[1] isa Integer ? (t[1], _compose(tail(t), r)...) : (t[1][r], tail(t)...)
parent(a::SubArray) = a.parent
parent(a::AbstractArray) = a
parentindices(a::SubArray) = a.indices
size(a::SubArray) = _join_shapes(a.indices)
length(a::SubArray{T,1}) where {T} = _view_length(a.indices)
_view_length(t::Tuple) = t[1] isa Integer ? _view_length(tail(t)) : length(t[1])
_parent_index(::Tuple{}, ::Tuple) = ()
_parent_index(t::Tuple, i::Tuple) = (@inline; t[1] isa Integer ? (t[1], _parent_index(tail(t), i)...) : (t[1][i[1]], _parent_index(tail(t), tail(i))...))
function getindex(a::SubArray{T,N}, i::Vararg{Int,N}) where {T,N}
    @inline
    @boundscheck checkbounds(a, i...)
    return @inbounds a.parent[_parent_index(a.indices, i)...]
end
function setindex!(a::SubArray{T,N}, v, i::Vararg{Int,N}) where {T,N}
    @inline
    @boundscheck checkbounds(a, i...)
    @inbounds a.parent[_parent_index(a.indices, i)...] = v
    return a
end
getindex(a::SubArray{T,0}) where {T} = a.parent[a.indices...]
setindex!(a::SubArray{T,0}, v) where {T} = (a.parent[a.indices...] = v; a)
IndexStyle(::Type{<:SubArray{T,1}}) where {T} = IndexLinear()
export view, parent, parentindices, SubArray

# --- Where elements lie in memory
const Dims{N} = NTuple{N,Int}
const DenseVector{T} = DenseArray{T,1}
const DenseMatrix{T} = DenseArray{T,2}
const StridedArray{T,N} = Union{DenseArray{T,N},SubArray{T,N,<:DenseArray}}
const StridedVector{T} = StridedArray{T,1}
const StridedMatrix{T} = StridedArray{T,2}
const StridedVecOrMat{T} = Union{StridedVector{T},StridedMatrix{T}}
strides(a::DenseArray) = size_to_strides(1, size(a)...)
size_to_strides(s, n, more...) = (s, size_to_strides(s * n, more...)...)
size_to_strides(s) = ()
strides(a::SubArray) = _view_strides(strides(a.parent), a.indices)
_view_strides(::Tuple{}, ::Tuple{}) = ()
_view_strides(s::Tuple, i::Tuple) =
    i[1] isa Integer ? _view_strides(tail(s), tail(i)) : (s[1] * _index_step(i[1]), _view_strides(tail(s), tail(i))...)
_index_step(r::AbstractUnitRange) = 1
_index_step(r::AbstractRange) = step(r)
_index_step(r) = throw(ArgumentError("strides is invalid for SubArrays with indices of type $(typeof(r))"))
function stride(a::AbstractArray, k::Integer)
    s = strides(a)
    k < 1 && throw(ArgumentError("dimension out of range"))
    return k <= ndims(a) ? s[k] : length(s) == 0 ? 1 : maximum(map(*, s, size(a)))
end
export Dims, DenseVector, DenseMatrix, StridedArray, StridedVector, StridedMatrix, StridedVecOrMat, strides, stride
