# SPDX-License-Identifier: MIT
# Reductions and running results along dimensions of an array, into new arrays and into given ones.

# The result keeps the dimensions with length one, and is the kind of array that is similar to `a`.
function _reduce_dims(f, op, a, dims, init)
    all(>=(1), dims) || throw(ArgumentError(string("region dimension(s) must be ≥ 1, got ", dims)))
    shape = ntuple(d -> d in dims ? 1 : size(a, d), ndims(a))
    T = promote_op(f, eltype(a))
    S = promote_op(_begin_reduction, typeof(op), typeof(init), T)
    if isempty(a)
        S = init isa _NoInit ? typeof(reduce_empty(op, T)) : typeof(init)
        return fill!(similar(a, S, shape), init isa _NoInit ? reduce_empty(op, T) : init)
    end
    isconcretetype(S) && promote_op(op, S, T) === S && return _reduce_along!(f, op, similar(a, S, shape), a, init)
    return _like(a, map(identity, _reduce_along!(f, op, Array{Any}(undef, shape), a, init)))
end
_begin_reduction(op, ::_NoInit, x) = _first_value(op, x)
_begin_reduction(op, init, x) = op(init, x)
function _reduce_along!(f, op, r, a, init)
    shape = size(r)
    for i in CartesianIndices(a)
        j = map((n, k) -> ifelse(n == 1, 1, k), shape, i.I)
        v = f(a[i])
        # The indices of the first that comes: one, where there is something to reduce.
        r[j...] = j === i.I ? _begin_reduction(op, init, v) : op(r[j...], v)
    end
    return r
end
# findmax and its kind: what is reduced is (value, index).
_better_of(better) = (x, y) -> better(y[1], x[1]) ? y : x
function _find_along(f, a, dims, better)
    best = _reduce_dims(i -> (f(a[i]), i), _better_of(better), keys(a), dims, _NoInit())
    return _like(a, map(first, best)), map(last, best)
end

function _accumulate_dims(op, a, d, init=_NoInit())
    d > 0 || throw(ArgumentError("dims must be a positive integer"))
    b = map(x -> _first_value(op, x), a)
    d > ndims(a) && return b
    init isa _NoInit || (b = _like(a, [i[d] == 1 ? op(init, b[i]) : b[i] for i in CartesianIndices(a)]))
    for i in CartesianIndices(a)
        i[d] > 1 && (b[i] = op(b[ntuple(k -> k == d ? i[k] - 1 : i[k], ndims(a))...], b[i]))
    end
    return b
end

# --- Into an array: along those dimensions where it has length one
function _check_reduced(r, a)
    for d in 1:max(ndims(r), ndims(a))
        size(r, d) == 1 || size(r, d) == size(a, d) ||
            throw(DimensionMismatch(string("reduction on array with indices ", axes(a), " with output with indices ", axes(r))))
    end
end
function _reduce_into!(f, op, r::AbstractArray, a::AbstractArray, fresh::Bool)
    _check_reduced(r, a)
    seen = fill(!fresh, size(r))
    for i in CartesianIndices(a)
        j = CartesianIndex(ntuple(d -> size(r, d) == 1 ? 1 : i[d], ndims(r)))
        v = f(a[i])
        r[j] = seen[j] ? op(r[j], v) : v
        seen[j] = true
    end
    for j in CartesianIndices(r)
        seen[j] || (r[j] = mapreduce_empty(f, op, eltype(a)))
    end
    return r
end
sum!(f, r::AbstractArray, a::AbstractArray; init::Bool=true) = _reduce_into!(f, add_sum, r, a, init)
sum!(r::AbstractArray, a::AbstractArray; init::Bool=true) = sum!(identity, r, a; init=init)
prod!(f, r::AbstractArray, a::AbstractArray; init::Bool=true) = _reduce_into!(f, mul_prod, r, a, init)
prod!(r::AbstractArray, a::AbstractArray; init::Bool=true) = prod!(identity, r, a; init=init)
maximum!(f, r::AbstractArray, a::AbstractArray; init::Bool=true) = _reduce_into!(f, max, r, a, init)
maximum!(r::AbstractArray, a::AbstractArray; init::Bool=true) = maximum!(identity, r, a; init=init)
minimum!(f, r::AbstractArray, a::AbstractArray; init::Bool=true) = _reduce_into!(f, min, r, a, init)
minimum!(r::AbstractArray, a::AbstractArray; init::Bool=true) = minimum!(identity, r, a; init=init)
any!(f, r::AbstractArray, a::AbstractArray; init::Bool=true) = _reduce_into!(f, |, r, a, init)
any!(r::AbstractArray, a::AbstractArray; init::Bool=true) = any!(identity, r, a; init=init)
all!(f, r::AbstractArray, a::AbstractArray; init::Bool=true) = _reduce_into!(f, &, r, a, init)
all!(r::AbstractArray, a::AbstractArray; init::Bool=true) = all!(identity, r, a; init=init)
count!(f, r::AbstractArray, a::AbstractArray; init::Bool=true) = _reduce_into!(x -> f(x) ? 1 : 0, +, r, a, init)
count!(r::AbstractArray, a::AbstractArray; init::Bool=true) = count!(identity, r, a; init=init)
extrema!(f, r::AbstractArray, a::AbstractArray; init::Bool=true) = _reduce_into!(x -> (v = f(x); (v, v)), _wider, r, a, init)
extrema!(r::AbstractArray, a::AbstractArray; init::Bool=true) = extrema!(identity, r, a; init=init)
findmax!(values::AbstractArray, indices::AbstractArray, a::AbstractArray; init::Bool=true) = _find_into!(isgreater_for_max, values, indices, a, init)
findmin!(values::AbstractArray, indices::AbstractArray, a::AbstractArray; init::Bool=true) = _find_into!(isless_for_min, values, indices, a, init)
function _find_into!(better, values, indices, a, fresh::Bool)
    axes(values) == axes(indices) || throw(DimensionMismatch("values and indices must have the same axes"))
    _check_reduced(values, a)
    seen = fill(!fresh, size(values))
    for i in keys(a)
        j = CartesianIndex(ntuple(d -> size(values, d) == 1 ? 1 : i[d], ndims(values)))
        seen[j] && !better(a[i], values[j]) && continue
        values[j], indices[j], seen[j] = a[i], i, true
    end
    return values, indices
end
export count!, extrema!, findmax!, findmin!, sum!, prod!, maximum!, minimum!, any!, all!
