# SPDX-License-Identifier: MIT
# IdDict: keys are compared by ===.

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
