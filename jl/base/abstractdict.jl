# SPDX-License-Identifier: MIT
# What every dictionary can do, given iterate, length, get and setindex!. keys and values are views.

struct KeySet{K,T<:AbstractDict{K}} <: AbstractSet{K}
    dict::T
end
struct ValueIterator{T<:AbstractDict}
    dict::T
end
length(v::KeySet) = length(v.dict)
length(v::ValueIterator) = length(v.dict)
isempty(v::KeySet) = isempty(v.dict)
isempty(v::ValueIterator) = isempty(v.dict)
eltype(::Type{ValueIterator{D}}) where {D} = valtype(D)
function iterate(v::Union{KeySet,ValueIterator}, state...)
    next = iterate(v.dict, state...)
    next === nothing && return nothing
    return (next[1][v isa KeySet ? 1 : 2], next[2])
end
in(key, v::KeySet) = haskey(v.dict, key)
copy(v::KeySet) = Set{eltype(v)}(v)
keys(d::AbstractDict{K}) where {K} = KeySet{K,typeof(d)}(d)
values(d::AbstractDict) = ValueIterator(d)
eltype(::Type{<:AbstractDict{K,V}}) where {K,V} = Pair{K,V}
keytype(::Type{<:AbstractDict{K,V}}) where {K,V} = K
keytype(d::AbstractDict) = keytype(typeof(d))
valtype(::Type{<:AbstractDict{K,V}}) where {K,V} = V
valtype(d::AbstractDict) = valtype(typeof(d))
isempty(d::AbstractDict) = length(d) == 0
first(d::AbstractDict) = (next = iterate(d); next === nothing ? throw(ArgumentError("collection must be non-empty")) : next[1])

struct _Absent end
const _absent = _Absent()
haskey(d::AbstractDict, key) = get(d, key, _absent) !== _absent
getindex(d::AbstractDict, key) = (v = get(d, key, _absent); v === _absent ? throw(KeyError(key)) : v)
getindex(d::AbstractDict, a, b, rest...) = getindex(d, (a, b, rest...))
setindex!(d::AbstractDict, v, a, b, rest...) = setindex!(d, v, (a, b, rest...))
get(f::Callable, d::AbstractDict, key) = (v = get(d, key, _absent); v === _absent ? f() : v)
getkey(d::AbstractDict, key, default) = haskey(d, key) ? key : default
get!(d::AbstractDict, key, default) = get!(() -> default, d, key)
function get!(f::Callable, d::AbstractDict, key)
    v = get(d, key, _absent)
    v === _absent || return v
    return d[key] = f()
end
function pop!(d::AbstractDict, key)
    v = d[key]
    delete!(d, key)
    return v
end
pop!(d::AbstractDict, key, default) = haskey(d, key) ? pop!(d, key) : default
function pop!(d::AbstractDict)
    p = first(d)
    delete!(d, p.first)
    return p
end
push!(d::AbstractDict, p::Pair) = setindex!(d, p.second, p.first)
push!(d::AbstractDict, p::Pair, more::Pair...) = push!(push!(d, p), more...)
function empty!(d::AbstractDict)
    for k in collect(keys(d))
        delete!(d, k)
    end
    return d
end
function in(p::Pair, d::AbstractDict)
    v = get(d, p.first, _absent)
    return v === _absent ? false : v == p.second
end
in(x, d::AbstractDict) = error("AbstractDict collections only contain Pairs;\n" *
    "Either look for e.g. A=>B instead, or use the `keys` or `values`\nfunction if you are looking for a key or value respectively.")
function in(p::Pair, d::AbstractDict, valcmp)
    v = get(d, p.first, _absent)
    return v !== _absent && valcmp(v, p.second)
end

# --- Merging
function merge!(d::AbstractDict, others::AbstractDict...)
    for other in others
        for (k, v) in other
            d[k] = v
        end
    end
    return d
end
function mergewith!(combine, d::AbstractDict, others::AbstractDict...)
    for other in others
        for (k, v) in other
            old = get(d, k, _absent)
            d[k] = old === _absent ? v : combine(old, v)
        end
    end
    return d
end
mergewith!(combine) = (d, others...) -> mergewith!(combine, d, others...)
mergewith(combine) = (d, others...) -> mergewith(combine, d, others...)
_merged_types(d) = (keytype(d), valtype(d))
function _merged_types(d, others...)
    K, V = _merged_types(others...)
    return (promote_type(keytype(d), K), promote_type(valtype(d), V))
end
function _merge_target(d, others)
    K, V = _merged_types(d, others...)
    return empty(d, K, V)
end
merge(d::AbstractDict, others::AbstractDict...) = merge!(_merge_target(d, others), d, others...)
mergewith(combine, d::AbstractDict, others::AbstractDict...) = mergewith!(combine, _merge_target(d, others), d, others...)
merge(combine::Function, d::AbstractDict, others::AbstractDict...) = mergewith(combine, d, others...)
merge!(combine::Function, d::AbstractDict, others::AbstractDict...) = mergewith!(combine, d, others...)
function filter(f, d::AbstractDict)
    kept = empty(d)
    for p in d
        f(p) && (kept[p.first] = p.second)
    end
    return kept
end
function filter!(f, d::AbstractDict)
    for p in collect(d)
        f(p) || delete!(d, p.first)
    end
    return d
end
function ==(a::AbstractDict, b::AbstractDict)
    length(a) == length(b) || return false
    anymissing = false
    for p in a
        v = get(b, p.first, _absent)
        v === _absent && return false
        same = p.second == v
        same === missing ? (anymissing = true) : same || return false
    end
    return anymissing ? missing : true
end
function isequal(a::AbstractDict, b::AbstractDict)
    length(a) == length(b) || return false
    for p in a
        v = get(b, p.first, _absent)
        (v === _absent || !isequal(p.second, v)) && return false
    end
    return true
end
map(f, d::AbstractDict) = error("map is not defined on dictionaries")
broadcastable(::Union{AbstractDict,NamedTuple}) = throw(ArgumentError("broadcasting over dictionaries and `NamedTuple`s is reserved"))
export AbstractDict, keys, values, pairs, keytype, valtype, haskey, get, get!, getkey, delete!, pop!, push!, empty!, empty,
    merge, merge!, mergewith, mergewith!, filter, filter!, sizehint!, copy, in, isempty, length, setindex!, map, map!
