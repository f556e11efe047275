# SPDX-License-Identifier: MIT
# Arrays joined of parts: vcat, hcat, cat, hvcat, stack, repeat. The result is what `similar` of the first array gives.

vcat() = Vector{Any}()
vcat(xs...) = _is_column(xs...) ? _vcat_column(xs) : _cat(1, xs)
_is_column() = true
_is_column(x, more...) = (@inline; (!(x isa AbstractArray) || x isa AbstractVector) && _is_column(more...))
function _vcat_column(xs::Tuple)
    a = _join_in(xs[1], promote_type(map(_eltype_of, xs)...), (sum(map(x -> _dim_of(x, 1), xs)),))
    length(xs) <= 12 ? _put_each!(a, 1, xs...) : _put_many!(a, xs)
    return a
end
_put_each!(a, k::Int) = nothing
_put_each!(a, k::Int, x, more...) = (@inline; _put_each!(a, _put_at!(a, k, x), more...))
function _put_many!(a, xs)
    k = 1
    for x in xs
        k = _put_at!(a, k, x)
    end
end
# At k and after; the place behind.
_put_at!(a, k::Int, x) = (a[k] = x; k + 1)
function _put_at!(a, k::Int, xs::AbstractArray)
    @inline
    for x in xs
        a[k] = x
        k += 1
    end
    return k
end
hcat() = Vector{Any}()
hcat(xs...) = _cat(2, xs)
vcat(xs::Number...) = vect(xs...)
function vcat(vs::AbstractVector...)
    T = promote_type(map(eltype, vs)...)
    a = _join_in(vs[1], T, (sum(map(length, vs)),))
    k = 0
    for v in vs
        for x in v
            a[k+=1] = x
        end
    end
    return a
end
# Many columns at once: each is copied once.
function reduce(::typeof(vcat), vs::AbstractVector{<:AbstractVector})
    isempty(vs) && return _foldl(vcat, _NoInit(), vs)
    T = _common_eltype(vs)
    a = _join_in(first(vs), T, (sum(length, vs),))
    _put_many!(a, vs)
    return a
end
function reduce(::typeof(hcat), vs::AbstractVector{<:AbstractVector})
    (isempty(vs) || any(v -> length(v) != length(first(vs)), vs)) && return _foldl(hcat, _NoInit(), vs)
    a = _join_in(first(vs), _common_eltype(vs), (length(first(vs)), length(vs)))
    _put_many!(a, vs)
    return a
end
_common_eltype(vs::AbstractVector{<:AbstractVector{T}}) where {T} = isconcretetype(T) ? T : _promoted_eltype(vs)
_common_eltype(vs) = _promoted_eltype(vs)
function _promoted_eltype(vs)
    T = Union{}
    for v in vs
        T = promote_type(T, eltype(v))
    end
    return T
end
# What is joined is of the first one's kind.
_join_in(x, ::Type{T}, dims) where {T} = Array{T}(undef, dims)
_join_in(x::AbstractArray, ::Type{T}, dims) where {T} = similar(x, T, dims)
cat(xs...; dims) = _cat(dims isa Val ? _val_of(dims) : dims, xs)
_val_of(::Val{N}) where {N} = N
_dim_of(x::AbstractArray, d) = size(x, d)
_dim_of(x, d) = 1
_eltype_of(x::AbstractArray) = eltype(x)
_eltype_of(x) = typeof(x)
_ndims_of(x::AbstractArray) = ndims(x)
_ndims_of(x) = 0
_cat(d::Integer, x::Tuple{Any}) = x[1] isa AbstractArray && d <= ndims(x[1]) ? copy(x[1]) : _cat_typed(_eltype_of(x[1]), Int(d), x)
# Along several dimensions: blocks on the diagonal.
function _cat(ds, xs::Tuple)
    T = promote_type(map(_eltype_of, xs)...)
    n = max(maximum(ds), maximum(map(_ndims_of, xs)))
    a = zeros(T, ntuple(k -> k in ds ? sum(map(x -> _dim_of(x, k), xs)) : _dim_of(xs[1], k), n)...)
    offset = ntuple(_ -> 0, n)
    for x in xs
        o = offset
        for i in CartesianIndices(ntuple(k -> _dim_of(x, k), n))
            a[ntuple(k -> i[k] + o[k], n)...] = x isa AbstractArray ? x[ntuple(k -> i[k], ndims(x))...] : x
        end
        offset = ntuple(k -> k in ds ? o[k] + _dim_of(x, k) : 0, n)
    end
    return a
end
_cat(d::Integer, xs::Tuple) = _cat_typed(promote_type(map(_eltype_of, xs)...), Int(d), xs)
function _cat_typed(::Type{T}, d::Int, xs) where {T}
    n = max(d, maximum(map(_ndims_of, xs)))
    dims = ntuple(k -> k == d ? sum(map(x -> _dim_of(x, d), xs)) : _dim_of(xs[1], k), n)
    for x in xs
        for k in 1:n
            k == d || _dim_of(x, k) == dims[k] || throw(DimensionMismatch(string(d == 1 ? "number of columns of each array must match (got " : "number of rows of each array must match (got ", map(x -> _dim_of(x, k), xs), ")")))
        end
    end
    a = _join_in(xs[1], T, dims)
    offset = 0
    for x in xs
        _place!(a, x, d, offset)
        offset += _dim_of(x, d)
    end
    return a
end
_place!(a, x, d, offset) = a[ntuple(k -> k == d ? offset + 1 : 1, ndims(a))...] = x
function _place!(a, x::AbstractArray, d, offset)
    for i in CartesianIndices(x)
        a[ntuple(k -> (k <= ndims(x) ? i[k] : 1) + (k == d ? offset : 0), ndims(a))...] = x[i]
    end
end
hvcat(rows::Tuple{Vararg{Int}}, xs...) = _hvcat(promote_type(map(_eltype_of, xs)...), rows, xs)
hvcat(n::Int, xs...) = hvcat(ntuple(_ -> n, length(xs) ÷ n), xs...)
# Rows given as tuples: what a literal with splats becomes.
hvcat_rows(rows::Tuple...) = hvcat(map(length, rows), _concat_tuples(rows...)...)
typed_hvcat_rows(::Type{T}, rows::Tuple...) where {T} = typed_hvcat(T, map(length, rows), _concat_tuples(rows...)...)
_concat_tuples() = ()
_concat_tuples(t::Tuple, more::Tuple...) = (t..., _concat_tuples(more...)...)
function _hvcat(::Type{T}, rows, xs) where {T}
    all(x -> !(x isa AbstractArray), xs) && return _hvcat_scalars(T, rows, xs)
    k = 0
    parts = map(n -> (r = _cat_typed(T, 2, xs[k+1:k+n]); k += n; r), rows)
    return _cat_typed(T, 1, parts)
end
function _hvcat_scalars(::Type{T}, rows, xs) where {T}
    m, n = length(rows), rows[1]
    all(==(n), rows) || throw(DimensionMismatch(string("row ", findfirst(!=(n), rows), " has mismatched number of columns (expected ", n, ", got ", rows[findfirst(!=(n), rows)], ")")))
    a = Matrix{T}(undef, m, n)
    k = 0
    for i in 1:m, j in 1:n
        a[i, j] = xs[k+=1]
    end
    return a
end
typed_vcat(::Type{T}, xs...) where {T} = _cat_typed(T, 1, xs)
typed_hcat(::Type{T}, xs...) where {T} = _cat_typed(T, 2, xs)
typed_hvcat(::Type{T}, rows::Tuple{Vararg{Int}}, xs...) where {T} = _hvcat(T, rows, xs)
function hvncat(dims::Tuple{Vararg{Int}}, row_first::Bool, xs...)
    any(x -> x isa AbstractArray, xs) && return _hvncat_blocks(hvncat, dims, row_first, xs)
    return _hvncat(promote_type(map(_eltype_of, xs)...), dims, row_first, xs)
end
hvncat(d::Int, xs...) = _cat(d, xs)
function typed_hvncat(::Type{T}, dims::Tuple{Vararg{Int}}, row_first::Bool, xs...) where {T}
    any(x -> x isa AbstractArray, xs) && return _hvncat_blocks((d, part...) -> typed_hvncat(T, d, part...), dims, row_first, xs)
    return _hvncat(T, dims, row_first, xs)
end
typed_hvncat(::Type{T}, d::Int, xs...) where {T} = _cat_typed(T, d, xs)
# Some elements are arrays: put together along one dimension after the other.
function _hvncat_blocks(along, dims, row_first, xs)
    parts = collect(Any, xs)
    for k in 1:length(dims)
        d = row_first && k <= 2 ? 3 - k : k
        n = dims[d]
        parts = Any[along(d, parts[i:i+n-1]...) for i in 1:n:length(parts)]
    end
    return parts[1]
end
function _hvncat(::Type{T}, dims, row_first, xs) where {T}
    a = Array{T}(undef, dims)
    order = row_first && length(dims) > 1 ? (dims[2], dims[1], dims[3:end]...) : dims
    for (k, i) in enumerate(CartesianIndices(order))
        t = row_first && length(dims) > 1 ? (i[2], i[1], i.I[3:end]...) : i.I
        a[t...] = xs[k]
    end
    return a
end
stack(itr; dims=:) = _stack(_arrays_in(itr), dims isa Colon ? nothing : dims)
stack(f, itr; dims=:) = stack(map(f, collect(itr)); dims=dims)
stack(f, itr, more...; dims=:) = stack(map(f, itr, more...); dims=dims)
_arrays_in(itr) = [x isa AbstractArray || x isa Number || x isa Tuple ? x : collect(x) for x in itr]
function _stack(xs, dims)
    isempty(xs) && throw(ArgumentError("cannot stack an empty collection"))
    shape = size(xs[1])
    all(x -> size(x) == shape, xs) || throw(DimensionMismatch("stack expects uniform slices"))
    d = dims === nothing ? length(shape) + 1 : dims
    parts = map(x -> reshape(collect(x), (shape[1:d-1]..., 1, shape[d:end]...)), xs)
    return _cat_typed(promote_type(map(eltype, xs)...), d, Tuple(parts))
end
function repeat(a::AbstractArray; inner=nothing, outer=nothing)
    n = max(ndims(a), inner === nothing ? 1 : length(inner), outer === nothing ? 1 : length(outer))
    inn = ntuple(d -> inner === nothing || d > length(inner) ? 1 : Int(inner[d]), n)
    out = ntuple(d -> outer === nothing || d > length(outer) ? 1 : Int(outer[d]), n)
    b = similar(a, ntuple(d -> size(a, d) * inn[d] * out[d], n))
    for i in CartesianIndices(b)
        b[i] = a[ntuple(d -> mod1(cld(i[d], inn[d]), size(a, d)), n)...]
    end
    return b
end
repeat(a::AbstractArray, counts::Integer...) = repeat(a; outer=counts)
export vcat, hcat, cat, hvcat, stack, repeat
