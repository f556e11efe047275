# SPDX-License-Identifier: MIT
# Tuples. Recursion on the tail unrolls in inference, so that these cost nothing for short tuples.

length(t::Tuple) = nfields(t)
firstindex(t::Tuple) = 1
lastindex(t::Tuple) = length(t)
size(t::Tuple) = (length(t),)
size(t::Tuple, d::Integer) = d == 1 ? length(t) : throw(ArgumentError("invalid tuple dimension $d"))
axes(t::Tuple) = (OneTo(length(t)),)
axes(t::Tuple, d::Integer) = axes(t)[d]
keys(t::Tuple) = OneTo(length(t))
eachindex(t::Tuple) = OneTo(length(t))
getindex(t::Tuple, i::Int) = getfield(t, i)
getindex(t::Tuple, i::Integer) = getfield(t, convert(Int, i))
getindex(t::Tuple, r::AbstractArray{<:Any,1}) = (eltype(r) === Bool ? t[findall(r)] : ntuple(i -> t[r[i]], length(r)))
getindex(t::Tuple, ::Colon) = t
get(t::Tuple, i::Integer, default) = 1 <= i <= length(t) ? t[i] : default
get(f::Callable, t::Tuple, i::Integer) = 1 <= i <= length(t) ? t[i] : f()
haskey(t::Tuple, i::Integer) = 1 <= i <= length(t)
iterate(t::Tuple, i::Int=1) = (@inline; 1 <= i <= length(t) ? (getfield(t, i), i + 1) : nothing)
isempty(::Tuple{}) = true
isempty(::Tuple) = false
first(t::Tuple) = t[1]
last(t::Tuple) = t[end]
tail(t::Tuple{Any,Vararg}) = _tail(t...)
tail(::Tuple{}) = throw(ArgumentError("Cannot call tail on an empty tuple."))
_tail(x, rest...) = rest
front(t::Tuple) = ntuple(i -> t[i], length(t) - 1)
_tuple_from(t::Tuple, i::Int) = ntuple(j -> t[j+i-1], length(t) - i + 1)
values(t::Tuple) = t
eltype(::Type{Tuple{}}) = Union{}
eltype(t::Type{<:Tuple}) = _tuple_eltype(t)
_tuple_eltype(::Type{Tuple{Vararg{T}}}) where {T} = T
_tuple_eltype(t::Type{<:NTuple{N,T}}) where {N,T} = isconcretetype(T) ? T : _joined_field_types(t)
_tuple_eltype(t) = _joined_field_types(t)
function _joined_field_types(t)
    ts = fieldtypes(t)
    T = Union{}
    for x in ts
        T = promote_typejoin(T, x)
    end
    return T
end
setindex(t::NamedTuple, v, name::Symbol) = merge(t, NamedTuple{(name,)}((v,)))
setindex(t::Tuple, v, i::Integer) = ntuple(j -> j == i ? v : t[j], length(t))

ntuple(f, n::Int) = (@inline; n == 0 ? () : n == 1 ? (f(1),) : n == 2 ? (f(1), f(2)) : n == 3 ? (f(1), f(2), f(3)) :
    n == 4 ? (f(1), f(2), f(3), f(4)) : _ntuple(f, n))
ntuple(f, n::Integer) = ntuple(f, Int(n))
_ntuple(f, n) = n < 0 ? throw(ArgumentError(string("tuple length should be ≥ 0, got ", n))) : ([f(i) for i in 1:n]...,)
ntuple(f, ::Val{N}) where {N} = _ntuple_val(f, Val(N))
_ntuple_val(f, ::Val{0}) = ()
_ntuple_val(f, ::Val{1}) = (f(1),)
_ntuple_val(f, ::Val{2}) = (f(1), f(2))
_ntuple_val(f, ::Val{3}) = (f(1), f(2), f(3))
_ntuple_val(f, ::Val{4}) = (f(1), f(2), f(3), f(4))
_ntuple_val(f, ::Val{N}) where {N} = N < 0 ? throw(ArgumentError(string("tuple length should be ≥ 0, got ", N))) : (_ntuple_val(f, Val(N - 1))..., f(N))
export ntuple

map(f, ::Tuple{}) = ()
map(f, t::Tuple{Any}) = (@inline; (f(t[1]),))
map(f, t::Tuple{Any,Any}) = (@inline; (f(t[1]), f(t[2])))
map(f, t::Tuple{Any,Any,Any}) = (@inline; (f(t[1]), f(t[2]), f(t[3])))
map(f, t::Tuple) = length(t) > 16 ? ([f(x) for x in t]...,) : (@inline; (f(t[1]), map(f, tail(t))...))
map(f, ::Tuple{}, ::Tuple{}) = ()
map(f, ::Tuple{}, ::Tuple) = ()
map(f, ::Tuple, ::Tuple{}) = ()
map(f, t::Tuple, s::Tuple) = (@inline; (f(t[1], s[1]), map(f, tail(t), tail(s))...))
map(f, t::Tuple, s::Tuple, r::Tuple, more::Tuple...) =
    any(isempty, (t, s, r, more...)) ? () : (f(t[1], s[1], r[1], map(first, more)...), map(f, tail(t), tail(s), tail(r), map(tail, more)...)...)
foreach(f, t::Tuple) = (for x in t; f(x); end; nothing)
reverse(t::Tuple) = _tuple_reverse(t...)
_tuple_reverse() = ()
_tuple_reverse(x, rest...) = (_tuple_reverse(rest...)..., x)
sum(t::Tuple) = isempty(t) ? _no_empty() : _foldl_args(add_sum, _first_value(add_sum, t[1]), tail(t)...)
prod(t::Tuple) = isempty(t) ? 1 : _foldl_args(mul_prod, _first_value(mul_prod, t[1]), tail(t)...)
filter(f, t::Tuple) = _tuple_filter(f, t...)
_tuple_filter(f) = ()
_tuple_filter(f, x, rest...) = f(x) ? (x, _tuple_filter(f, rest...)...) : _tuple_filter(f, rest...)
any(t::Tuple{Vararg{Bool}}) = (for x in t; x && return true; end; false)
all(t::Tuple{Vararg{Bool}}) = (for x in t; x || return false; end; true)

==(t::Tuple, s::Tuple) = length(t) == length(s) && _tuple_equal(t, s)
_tuple_equal(::Tuple{}, ::Tuple{}) = true
_tuple_equal(t::Tuple, s::Tuple) = t[1] == s[1] && _tuple_equal(tail(t), tail(s))
isequal(t::Tuple, s::Tuple) = length(t) == length(s) && _tuple_isequal(t, s)
_tuple_isequal(::Tuple{}, ::Tuple{}) = true
_tuple_isequal(t::Tuple, s::Tuple) = isequal(t[1], s[1]) && _tuple_isequal(tail(t), tail(s))
isless(::Tuple{}, ::Tuple{}) = false
isless(::Tuple{}, ::Tuple) = true
isless(::Tuple, ::Tuple{}) = false
isless(t::Tuple, s::Tuple) = isless(t[1], s[1]) || (isequal(t[1], s[1]) && isless(tail(t), tail(s)))
<(::Tuple{}, ::Tuple{}) = false
<(::Tuple{}, ::Tuple) = true
<(::Tuple, ::Tuple{}) = false
<(t::Tuple, s::Tuple) = t[1] == s[1] ? tail(t) < tail(s) : t[1] < s[1]
<=(t::Tuple, s::Tuple) = t == s || t < s

Tuple{}() = ()
Tuple(x::Tuple) = x
Tuple(x) = (x...,)
(::Type{T})(x::Tuple) where {T<:Tuple} = convert(T, x)
(::Type{T})(itr) where {T<:Tuple} = convert(T, (itr...,))
convert(::Type{T}, x::T) where {T<:Tuple} = x
convert(::Type{T}, x::Tuple) where {T<:Tuple} = _tuple_convert(T, x)
function _tuple_convert(::Type{T}, x) where {T}
    ts = ntuple(i -> fieldtype(T, i), length(x))
    y = map((S, v) -> convert(S, v), ts, x)
    y isa T || throw(MethodError(convert, (T, x)))
    return y
end
