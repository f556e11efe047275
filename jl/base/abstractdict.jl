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
export AbstractDict, KeySet, keys, values, pairs, keytype, valtype, haskey, get, get!, getkey, delete!, pop!, push!, empty!, empty,
    merge, merge!, mergewith, mergewith!, filter, filter!, sizehint!, copy, in, isempty, length, setindex!, map, map!

# --- IdDict: keys compared by ===
struct _Identity
    value::Any
end
==(a::_Identity, b::_Identity) = a.value === b.value
isequal(a::_Identity, b::_Identity) = a.value === b.value
hash(x::_Identity, h::UInt) = _mix(3h - objectid(x.value))
hash(x::_Identity) = _mix(objectid(x.value))
mutable struct IdDict{K,V} <: AbstractDict{K,V}
    table::Dict{_Identity,Any}
    IdDict{K,V}() where {K,V} = new{K,V}(Dict{_Identity,Any}())
end
function IdDict{K,V}(items) where {K,V}
    d = IdDict{K,V}()
    for (k, v) in items
        d[k] = v
    end
    return d
end
IdDict{K,V}(ps::Pair...) where {K,V} = IdDict{K,V}(ps)
IdDict() = IdDict{Any,Any}()
IdDict(ps::Pair{K,V}...) where {K,V} = IdDict{K,V}(ps)
IdDict(items) = (d = Dict(items); IdDict{keytype(d),valtype(d)}(d))
length(d::IdDict) = length(d.table)
function iterate(d::IdDict{K,V}, state...) where {K,V}
    next = iterate(d.table, state...)
    next === nothing && return nothing
    return (Pair{K,V}(next[1].first.value, next[1].second), next[2])
end
get(d::IdDict{K,V}, key, default) where {K,V} = (v = get(d.table, _Identity(key), _absent); v === _absent ? default : v::V)
function setindex!(d::IdDict{K,V}, value, key) where {K,V}
    key isa K || throw(ArgumentError("$(limitrepr(key)) is not a valid key for type $K"))
    d.table[_Identity(key)] = convert(V, value)
    return d
end
delete!(d::IdDict, key) = (delete!(d.table, _Identity(key)); d)
empty!(d::IdDict) = (empty!(d.table); d)
empty(::IdDict, ::Type{K}, ::Type{V}) where {K,V} = IdDict{K,V}()
empty(::IdDict{K,V}) where {K,V} = IdDict{K,V}()
export IdDict
