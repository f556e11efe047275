# SPDX-License-Identifier: MIT
# Means, medians, spreads, quantiles and how two samples go together.
module Statistics
export mean, mean!, median, median!, middle, std, stdm, var, varm, cor, cov, quantile, quantile!

_float(x) = x / 1
function mean(f, itr)
    y = iterate(itr)
    y === nothing && return _empty_mean(f, itr)
    total, n = _float(f(y[1])), 1
    y = iterate(itr, y[2])
    while y !== nothing
        total += f(y[1])
        n += 1
        y = iterate(itr, y[2])
    end
    return total / n
end
_empty_mean(f, itr) = f === identity && Base.IteratorEltype(itr) isa Base.HasEltype && eltype(itr) <: Number ? zero(eltype(itr)) / 0 :
    throw(ArgumentError("mean of an empty collection is not defined: $(repr(itr))"))
mean(itr) = mean(identity, itr)
mean(f, a::AbstractArray; dims=:) = dims isa Colon ? (isempty(a) ? _empty_mean(f, a) : sum(f, a) / length(a)) :
    sum(f, a; dims=dims) ./ prod(d -> size(a, d), dims)
mean(a::AbstractArray; dims=:) = mean(identity, a; dims=dims)
mean(r::AbstractRange{<:Real}) = isempty(r) ? oftype((first(r) + last(r)) / 2, NaN) : (first(r) + last(r)) / 2
mean!(r::AbstractArray, a::AbstractArray) = (sum!(r, a); r .= r ./ (length(a) ÷ length(r)); r)

middle(x::Number) = _float(x)
middle(x::Number, y::Number) = x / 2 + y / 2
middle(r::AbstractRange) = middle(first(r), last(r))
middle(a::AbstractArray) = ((lo, hi) = extrema(a); middle(lo, hi))

function median!(v::AbstractVector)
    isempty(v) && throw(ArgumentError("median of an empty array is undefined, $(repr(v))"))
    eltype(v) >: Missing && any(ismissing, v) && return missing
    any(x -> x isa AbstractFloat && isnan(x), v) && return oftype(_float(v[1]), NaN)
    sort!(v)
    n = length(v)
    return isodd(n) ? middle(v[div(n + 1, 2)]) : middle(v[div(n, 2)], v[div(n, 2)+1])
end
median!(a::AbstractArray) = median!(vec(a))
median(itr) = median!(collect(itr))
median(r::AbstractRange{<:Real}) = mean(r)
median(a::AbstractArray; dims=:) = dims isa Colon ? median!(copy(vec(a))) : _along(median, a, dims)
# f of each line through the array along `dims`.
function _along(f, a, dims)
    shape = ntuple(d -> d in dims ? 1 : size(a, d), ndims(a))
    return [f(vec(a[ntuple(d -> d in dims ? (1:size(a, d)) : i[d], ndims(a))...])) for i in CartesianIndices(shape)]
end

_spread(itr, m, corrected) = (n = length(itr); sum(x -> abs2(x - m), itr; init=zero(abs2(_float(zero(m))))) / (n - Int(corrected)))
var(itr; corrected::Bool=true, mean=nothing) = (v = collect(itr); _var(v, corrected, mean))
function var(a::AbstractArray; corrected::Bool=true, mean=nothing, dims=:)
    dims isa Colon && return _var(a, corrected, mean)
    mean === nothing && return _along(v -> _var(v, corrected, nothing), a, dims)
    squares = sum(abs2.(a .- mean); dims=dims)
    return squares ./ (prod(d -> size(a, d), dims) - Int(corrected))
end
function _var(a, corrected, m)
    isempty(a) && return oftype(_float(real(zero(eltype(a)))), NaN)
    return _spread(a, m === nothing ? mean(a) : m, corrected)
end
varm(a, m; corrected::Bool=true) = var(a; corrected=corrected, mean=m)
std(itr; corrected::Bool=true, mean=nothing) = sqrt(var(itr; corrected=corrected, mean=mean))
std(a::AbstractArray; corrected::Bool=true, mean=nothing, dims=:) =
    dims isa Colon ? sqrt(var(a; corrected=corrected, mean=mean)) : sqrt.(var(a; corrected=corrected, mean=mean, dims=dims))
stdm(a, m; corrected::Bool=true) = std(a; corrected=corrected, mean=m)

function cov(x::AbstractVector, y::AbstractVector; corrected::Bool=true)
    length(x) == length(y) || throw(DimensionMismatch("x and y must have the same length"))
    mx, my = mean(x), mean(y)
    return sum((a - mx) * (b - my) for (a, b) in zip(x, y); init=zero(mx * my)) / (length(x) - Int(corrected))
end
cov(x::AbstractVector; corrected::Bool=true) = var(x; corrected=corrected)
function cov(x::AbstractMatrix; dims::Int=1, corrected::Bool=true)
    columns = dims == 1 ? collect(eachcol(x)) : collect(eachrow(x))
    return [cov(a, b; corrected=corrected) for a in columns, b in columns]
end
cov(x::AbstractMatrix, y::AbstractMatrix; corrected::Bool=true) = [cov(a, b; corrected=corrected) for a in eachcol(x), b in eachcol(y)]
function cor(x::AbstractVector, y::AbstractVector)
    length(x) == length(y) || throw(DimensionMismatch("vectors of unequal length: $(length(x)) and $(length(y))"))
    mx, my = mean(x), mean(y)
    xx = sum(a -> abs2(a - mx), x)
    yy = sum(b -> abs2(b - my), y)
    xy = sum((a - mx) * (b - my) for (a, b) in zip(x, y))
    return clamp(xy / max(xx, yy) / sqrt(min(xx, yy) / max(xx, yy)), -1, 1)
end
cor(x::AbstractVector) = one(_float(real(zero(eltype(x)))))
function cor(x::AbstractMatrix; dims::Int=1)
    columns = dims == 1 ? collect(eachcol(x)) : collect(eachrow(x))
    n = length(columns)
    return [i == j ? 1.0 : cor(columns[i], columns[j]) for i in 1:n, j in 1:n]
end

# Between two neighbours in order, at the place that alpha and beta define.
function _sorted_quantile(v, p, alpha, beta)
    0 <= p <= 1 || throw(ArgumentError("input probability out of [0,1] range"))
    n = length(v)
    n == 1 && return v[1] + zero(_float(v[1]))
    m = alpha + p * (one(alpha) - alpha - beta)
    at = n * p + oftype(p, m)
    j = clamp(trunc(Int, at + 4 * eps(Float64)), 1, n - 1)
    g = clamp(at - j, 0, 1)
    a, b = v[j], v[j+1]
    return isfinite(a) && isfinite(b) ? a + g * (b - a) : (1 - g) * a + g * b
end
function quantile!(v::AbstractVector, p; sorted::Bool=false, alpha::Real=1.0, beta::Real=alpha)
    isempty(v) && throw(ArgumentError("empty data vector"))
    0 <= alpha <= 1 && 0 <= beta <= 1 || throw(ArgumentError("alpha and beta parameters must be in [0,1]"))
    any(ismissing, v) && throw(ArgumentError("quantiles are undefined in presence of missing values"))
    any(x -> x isa AbstractFloat && isnan(x), v) && throw(ArgumentError("quantiles are undefined in presence of NaNs"))
    sorted || sort!(v)
    return p isa Number ? _sorted_quantile(v, p, alpha, beta) : map(q -> _sorted_quantile(v, q, alpha, beta), p)
end
quantile(itr, p; sorted::Bool=false, alpha::Real=1.0, beta::Real=alpha) = quantile!(collect(itr), p; sorted=sorted, alpha=alpha, beta=beta)
end
