# SPDX-License-Identifier: MIT
# Reductions and searches.

struct _NoInit end
# sum and prod widen small integers, reduce(+, ...) does not.
const _SmallSigned = Union{Int8,Int16,Int32}
const _SmallUnsigned = Union{UInt8,UInt16,UInt32}
add_sum(x, y) = (@inline; x + y)
add_sum(x::_SmallSigned, y::_SmallSigned) = Int(x) + Int(y)
add_sum(x::_SmallUnsigned, y::_SmallUnsigned) = UInt(x) + UInt(y)
add_sum(x::Real, y::Real) = (@inline; x + y)
mul_prod(x, y) = (@inline; x * y)
mul_prod(x::_SmallSigned, y::_SmallSigned) = Int(x) * Int(y)
mul_prod(x::_SmallUnsigned, y::_SmallUnsigned) = UInt(x) * UInt(y)
mul_prod(x::Real, y::Real) = (@inline; x * y)

# What a reduction of nothing gives: op's neutral element where it has one.
_no_empty() = throw(ArgumentError("reducing over an empty collection is not allowed; consider supplying `init` to the reducer"))
reduce_empty(op, ::Type{T}) where {T} = _no_empty()
reduce_empty(::Union{typeof(+),typeof(add_sum)}, ::Type{T}) where {T} = zero(T)
reduce_empty(::typeof(+), ::Type{Union{}}) = _no_empty()
reduce_empty(::typeof(add_sum), ::Type{Union{}}) = _no_empty()
reduce_empty(::Union{typeof(+),typeof(add_sum)}, ::Type{Bool}) = 0
reduce_empty(::typeof(add_sum), ::Type{T}) where {T<:_SmallSigned} = 0
reduce_empty(::typeof(add_sum), ::Type{T}) where {T<:_SmallUnsigned} = UInt(0)
reduce_empty(::Union{typeof(*),typeof(mul_prod)}, ::Type{T}) where {T} = one(T)
reduce_empty(::typeof(*), ::Type{Union{}}) = _no_empty()
reduce_empty(::typeof(mul_prod), ::Type{Union{}}) = _no_empty()
reduce_empty(::Union{typeof(*),typeof(mul_prod)}, ::Type{<:AbstractChar}) = ""
reduce_empty(::typeof(mul_prod), ::Type{T}) where {T<:_SmallSigned} = 1
reduce_empty(::typeof(mul_prod), ::Type{T}) where {T<:_SmallUnsigned} = UInt(1)
reduce_empty(::typeof(&), ::Type{Bool}) = true
reduce_empty(::typeof(|), ::Type{Bool}) = false
mapreduce_empty(f, op, T) = _no_empty()
mapreduce_empty(::typeof(identity), op, T) = reduce_empty(op, T)
mapreduce_empty(f::Union{typeof(abs),typeof(abs2)}, op, T) = f(reduce_empty(op, T))
mapreduce_empty(f::Union{typeof(abs),typeof(abs2)}, ::typeof(max), T) = f(zero(T))
_empty_fold(op, itr) = IteratorEltype(itr) isa HasEltype ? reduce_empty(op, eltype(itr)) : _no_empty()
_empty_fold(op, g::Generator) = g.f === identity ? _empty_fold(op, g.iter) : mapreduce_empty(g.f, op, eltype(g.iter))
foldl(op, itr; init=_NoInit()) = _foldl(op, init, itr)
mapfoldl(f, op, itr; init=_NoInit()) = _foldl(op, init, Generator(f, itr))
reduce(op, itr; init=_NoInit(), dims=:) = dims isa Colon ? _foldl(op, init, itr) : _reduce_dims(identity, op, itr, dims, init)
mapreduce(f, op, itr; init=_NoInit(), dims=:) = dims isa Colon ? _map_fold(f, op, init, itr) : _reduce_dims(f, op, itr, dims, init)
mapreduce(f, op, itrs...; init=_NoInit()) = _foldl(op, init, Generator(x -> f(x...), zip(itrs...)))
_map_fold(f, op, init, itr) = _foldl(op, init, Generator(f, itr))
foldr(op, itr; init=_NoInit()) = _foldl((x, y) -> op(y, x), init, Iterators.reverse(itr isa Union{AbstractArray,Tuple,AbstractString} ? itr : collect(itr)))
mapfoldr(f, op, itr; init=_NoInit()) = foldr(op, map(f, itr); init=init)
function _foldl(op, ::_NoInit, itr)
    y = iterate(itr)
    y === nothing && return _empty_fold(op, itr)
    return _fold_rest(op, _first_value(op, y[1]), itr, y[2])
end
# Sums of Bools are Ints, those of sum() also for small integers.
_first_value(op, x) = x
_first_value(::typeof(+), x::Bool) = Int(x)
_first_value(::typeof(add_sum), x::Union{Bool,_SmallSigned}) = Int(x)
_first_value(::typeof(add_sum), x::_SmallUnsigned) = UInt(x)
_first_value(::typeof(mul_prod), x::Union{Bool,_SmallSigned}) = Int(x)
_first_value(::typeof(mul_prod), x::_SmallUnsigned) = UInt(x)
_first_value(::Union{typeof(*),typeof(mul_prod)}, x::AbstractChar) = string(x)
function _fold_rest(op, acc, itr, state)
    y = iterate(itr, state)
    while y !== nothing
        acc = op(acc, y[1])
        y = iterate(itr, y[2])
    end
    return acc
end
function _foldl(op, acc, itr)
    y = iterate(itr)
    while y !== nothing
        acc = op(acc, y[1])
        y = iterate(itr, y[2])
    end
    return acc
end
sum(itr; init=_NoInit(), dims=:) = dims isa Colon ? _foldl(add_sum, init, itr) : _reduce_dims(identity, add_sum, itr, dims, init)
sum(f, itr; init=_NoInit(), dims=:) = dims isa Colon ? _map_fold(f, add_sum, init, itr) : _reduce_dims(f, add_sum, itr, dims, init)
prod(itr; init=_NoInit(), dims=:) = dims isa Colon ? _foldl(mul_prod, init, itr) : _reduce_dims(identity, mul_prod, itr, dims, init)
prod(f, itr; init=_NoInit(), dims=:) = dims isa Colon ? _map_fold(f, mul_prod, init, itr) : _reduce_dims(f, mul_prod, itr, dims, init)
maximum(itr; init=_NoInit(), dims=:) = dims isa Colon ? _foldl(max, init, itr) : _reduce_dims(identity, max, itr, dims, init)
maximum(f, itr; init=_NoInit(), dims=:) = dims isa Colon ? _foldl(max, init, Generator(f, itr)) : _reduce_dims(f, max, itr, dims, init)
minimum(itr; init=_NoInit(), dims=:) = dims isa Colon ? _foldl(min, init, itr) : _reduce_dims(identity, min, itr, dims, init)
minimum(f, itr; init=_NoInit(), dims=:) = dims isa Colon ? _foldl(min, init, Generator(f, itr)) : _reduce_dims(f, min, itr, dims, init)
extrema(itr; kw...) = extrema(identity, itr; kw...)
extrema(f, itr; init=_NoInit(), dims=:) = dims isa Colon ? _foldl(_wider, init, Generator(x -> (v = f(x); (v, v)), itr)) :
    _reduce_dims(x -> (v = f(x); (v, v)), _wider, itr, dims, init)
_wider(a, b) = (min(a[1], b[1]), max(a[2], b[2]))
# Floats are summed pairwise: the error grows with the logarithm of the length.
sum(a::Array{T}) where {T<:AbstractFloat} = isempty(a) ? zero(T) : _pairwise_sum(a, 1, length(a))
function _pairwise_sum(a, i, j)
    if j - i < 1024
        s = @inbounds a[i]
        @simd for k in i+1:j
            s += @inbounds a[k]
        end
        return s
    end
    m = (i + j) >> 1
    return _pairwise_sum(a, i, m) + _pairwise_sum(a, m + 1, j)
end
export foldl, foldr, mapfoldl, mapfoldr, reduce, mapreduce, sum, prod, maximum, minimum, extrema

any(itr; dims=:) = any(identity, itr; dims=dims)
all(itr; dims=:) = all(identity, itr; dims=dims)
any(f, itr; dims=:) = dims isa Colon ? _any(f, itr) : _reduce_dims(f, |, itr, dims, false)
all(f, itr; dims=:) = dims isa Colon ? _all(f, itr) : _reduce_dims(f, &, itr, dims, true)
function _any(f, itr)
    found_missing = false
    for x in itr
        v = f(x)
        v === missing ? (found_missing = true) : v && return true
    end
    return found_missing ? missing : false
end
function _all(f, itr)
    found_missing = false
    for x in itr
        v = f(x)
        v === missing ? (found_missing = true) : v || return false
    end
    return found_missing ? missing : true
end
count(itr; init=0, dims=:) = count(identity, itr; init=init, dims=dims)
function count(f, itr; init=0, dims=:)
    dims isa Colon || return _reduce_dims(x -> f(x) ? 1 : 0, +, itr, dims, init)
    n = init
    for x in itr
        n += f(x)::Bool
    end
    return n
end
function findmax(f, itr; dims=:)
    dims isa Colon || return _find_along(f, itr, dims, isgreater_for_max)
    p = pairs(itr)
    y = iterate(p)
    y === nothing && throw(ArgumentError("collection must be non-empty"))
    k, v = y[1].first, f(y[1].second)
    y = iterate(p, y[2])
    while y !== nothing
        w = f(y[1].second)
        (isgreater_for_max(w, v)) && ((k, v) = (y[1].first, w))
        y = iterate(p, y[2])
    end
    return (v, k)
end
isgreater_for_max(w, v) = isless(v, w) && !isunordered(v) || (isunordered(w) && !isunordered(v))
isless_for_min(w, v) = isunordered(v) ? false : isunordered(w) || isless(w, v)
function findmin(f, itr; dims=:)
    dims isa Colon || return _find_along(f, itr, dims, isless_for_min)
    p = pairs(itr)
    y = iterate(p)
    y === nothing && throw(ArgumentError("collection must be non-empty"))
    k, v = y[1].first, f(y[1].second)
    y = iterate(p, y[2])
    while y !== nothing
        w = f(y[1].second)
        isless_for_min(w, v) && ((k, v) = (y[1].first, w))
        y = iterate(p, y[2])
    end
    return (v, k)
end
findmax(itr; dims=:) = dims isa Colon ? findmax(identity, itr) : _find_along(identity, itr, dims, isgreater_for_max)
findmin(itr; dims=:) = dims isa Colon ? findmin(identity, itr) : _find_along(identity, itr, dims, isless_for_min)
argmax(itr; dims=:) = findmax(itr; dims=dims)[2]
argmin(itr; dims=:) = findmin(itr; dims=dims)[2]
argmax(f, itr) = _arg_best(f, itr, isgreater_for_max)
argmin(f, itr) = _arg_best(f, itr, isless_for_min)
function _arg_best(f, itr, better)
    y = iterate(itr)
    y === nothing && throw(ArgumentError("collection must be non-empty"))
    x, v = y[1], f(y[1])
    y = iterate(itr, y[2])
    while y !== nothing
        w = f(y[1])
        better(w, v) && ((x, v) = (y[1], w))
        y = iterate(itr, y[2])
    end
    return x
end
export any, all, count, findmax, findmin, argmax, argmin

findfirst(a) = findfirst(identity, a)
function findfirst(f::Function, a)
    for (i, x) in pairs(a)
        f(x) && return i
    end
    return nothing
end
findlast(a) = findlast(identity, a)
function findlast(f::Function, a::AbstractArray)
    for i in reverse(collect(keys(a)))
        f(a[i]) && return i
    end
    return nothing
end
findlast(f::Function, a) = (r = nothing; for (i, x) in pairs(a); f(x) && (r = i); end; r)
findnext(a, i) = findnext(identity, a, i)
function findnext(f::Function, a::AbstractArray, i::Integer)
    for k in i:lastindex(a)
        f(a[k]) && return k
    end
    return nothing
end
findprev(a, i) = findprev(identity, a, i)
function findprev(f::Function, a::AbstractArray, i::Integer)
    for k in i:-1:firstindex(a)
        f(a[k]) && return k
    end
    return nothing
end
findall(a) = findall(identity, a)
function findall(f::Function, a)
    r = Vector{keytype_of(a)}()
    for (i, x) in pairs(a)
        f(x) && push!(r, i)
    end
    return r
end
keytype_of(a) = eltype(keys(a))
function indexin(a, b)
    return [findfirst(==(x), b) for x in a]
end
export findfirst, findlast, findnext, findprev, findall, indexin

accumulate(op, itr; init=_NoInit()) = collect(Iterators.accumulate(op, itr; init=init isa _NoInit ? Iterators.NoInit() : init))
accumulate(op, t::Tuple; init=_NoInit()) = Tuple(accumulate(op, collect(Any, t); init=init))
function accumulate(op, a::AbstractArray; init=_NoInit(), dims=nothing)
    dims === nothing || return _accumulate_dims(op, a, dims, init)
    isempty(a) && return similar(a)
    acc = init isa _NoInit ? _first_value(op, first(a)) : op(init, first(a))
    T = promote_type(typeof(acc), promote_op(op, typeof(acc), eltype(a)))
    isconcretetype(T) || return reshape(accumulate(op, (x for x in a); init=init), size(a))
    return accumulate!(op, similar(a, T), a; init=init)
end
function accumulate!(op, b::AbstractArray, a::AbstractArray; init=_NoInit(), dims=nothing)
    dims === nothing || return copyto!(b, _accumulate_dims(op, a, dims, init))
    isempty(a) && return b
    acc = init isa _NoInit ? _first_value(op, first(a)) : op(init, first(a))
    return _accumulate_rest!(op, b, a, acc)
end
function _accumulate_rest!(op, b, a, acc)
    k = 0
    for x in a
        k += 1
        k > 1 && (acc = op(acc, x))
        b[k] = acc
    end
    return b
end
cumsum(a::AbstractVector; dims::Integer=1) = dims == 1 ? _running(add_sum, a) : _accumulate_dims(add_sum, a, dims)
cumprod(a::AbstractVector; dims::Integer=1) = dims == 1 ? _running(mul_prod, a) : _accumulate_dims(mul_prod, a, dims)
cumsum(a::AbstractArray; dims::Integer) = _accumulate_dims(add_sum, a, dims)
cumprod(a::AbstractArray; dims::Integer) = _accumulate_dims(mul_prod, a, dims)
cumsum(itr) = accumulate(add_sum, itr)
cumprod(itr) = accumulate(mul_prod, itr)
cumsum!(b, a; dims=nothing) = accumulate!(add_sum, b, a; dims=dims)
cumprod!(b, a; dims=nothing) = accumulate!(mul_prod, b, a; dims=dims)
_running(op, a) = isempty(a) ? similar(a, typeof(_first_value(op, zero(eltype(a))))) : accumulate(op, a)
function diff(a::AbstractVector)
    return [a[i+1] - a[i] for i in 1:length(a)-1]
end
diff(r::AbstractRange{<:Integer}) = fill(step(r), max(length(r) - 1, 0))
diff(a::AbstractMatrix; dims::Integer) = dims == 1 ? a[2:end, :] .- a[1:end-1, :] : a[:, 2:end] .- a[:, 1:end-1]
export accumulate, accumulate!, cumsum, cumsum!, cumprod, cumprod!, diff

# --- Small linear algebra that Base has --------------------------------------------------------------------------
function *(a::AbstractMatrix, b::AbstractMatrix)
    size(a, 2) == size(b, 1) || throw(DimensionMismatch(string("incompatible dimensions for matrix multiplication: tried to multiply a matrix of size ", size(a), " with a matrix of size ", size(b), ". The second dimension of the first matrix: ", size(a, 2), ", does not match the first dimension of the second matrix: ", size(b, 1), ".")))
    T = promote_op(_mul_add, eltype(a), eltype(b))
    c = zeros(T, size(a, 1), size(b, 2))
    for j in 1:size(b, 2), k in 1:size(a, 2)
        s = b[k, j]
        for i in 1:size(a, 1)
            @inbounds c[i, j] += a[i, k] * s
        end
    end
    return c
end
_mul_add(x, y) = x * y + x * y
function *(a::AbstractMatrix, x::AbstractVector)
    size(a, 2) == length(x) || throw(DimensionMismatch(string("second dimension of matrix, ", size(a, 2), ", does not match length of vector, ", length(x))))
    y = zeros(promote_op(_mul_add, eltype(a), eltype(x)), size(a, 1))
    for k in 1:size(a, 2)
        s = x[k]
        for i in 1:size(a, 1)
            @inbounds y[i] += a[i, k] * s
        end
    end
    return y
end
*(a::AbstractVector, b::AbstractMatrix) = reshape(a, length(a), 1) * b
^(a::AbstractMatrix, p::Integer) = p == 0 ? one(a) : power_by_squaring(a, p)
+(a::AbstractArray, b::AbstractArray) = (_same_shape(a, b); _elementwise(+, a, b))
-(a::AbstractArray, b::AbstractArray) = (_same_shape(a, b); _elementwise(-, a, b))
# A broadcast, but what has no dimensions stays an array.
_elementwise(f, xs...) = (@inline; _keep_array(broadcast(f, xs...)))
_keep_array(r::AbstractArray) = r
_keep_array(r) = fill(r)
_same_shape(a, b) = size(a) == size(b) || throw(DimensionMismatch(string("dimensions must match: a has dims ", axes(a), ", b has dims ", axes(b),
    ndims(a) == ndims(b) ? string(", mismatch at ", findfirst(d -> size(a, d) != size(b, d), 1:ndims(a))) : "")))
-(a::AbstractArray) = _elementwise(-, a)
+(a::AbstractArray) = a
*(a::AbstractArray, x::Number) = _elementwise(*, a, x)
*(x::Number, a::AbstractArray) = _elementwise(*, x, a)
/(a::AbstractArray, x::Number) = _elementwise(/, a, x)
\(x::Number, a::AbstractArray) = _elementwise(\, x, a)
conj(a::AbstractArray) = map(conj, a)
real(a::AbstractArray) = map(real, a)
imag(a::AbstractArray) = map(imag, a)
