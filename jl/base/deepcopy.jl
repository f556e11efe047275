# SPDX-License-Identifier: MIT
# deepcopy: a copy that shares nothing mutable with the original; what the original shares inside stays shared.

deepcopy(x) = isbitstype(typeof(x)) ? x : _deepcopy(x, IdDict())
_deepcopy(x::Union{Symbol,String,Function,Type,Module,Method,Nothing}, seen::IdDict) = x
function _deepcopy(a::Array{T}, seen::IdDict) where {T}
    haskey(seen, a) && return seen[a]::typeof(a)
    isbitstype(T) && return seen[a] = copy(a)
    b = similar(a)
    seen[a] = b
    for i in eachindex(a)
        isassigned(a, i) && (b[i] = deepcopy_internal(a[i], seen))
    end
    return b
end
function _deepcopy(d::Dict{K,V}, seen::IdDict) where {K,V}
    haskey(seen, d) && return seen[d]::typeof(d)
    e = Dict{K,V}()
    seen[d] = e
    for (k, v) in d
        e[deepcopy_internal(k, seen)] = deepcopy_internal(v, seen)
    end
    return e
end
_deepcopy(t::Tuple, seen::IdDict) = map(x -> deepcopy_internal(x, seen), t)
Core.eval(Base, quote
    _new_from_fields(T, fields::Tuple) = $(Expr(:splatnew, :T, :fields))
end)
function _deepcopy(x, seen::IdDict)
    T = typeof(x)
    isbitstype(T) && return x
    if ismutable(x)
        haskey(seen, x) && return seen[x]
        y = ccall(:jl_new_uninitialized, Any, (Any,), T)
        seen[x] = y
        for i in 1:nfields(x)
            isdefined(x, i) && ccall(:jl_set_field_raw, Cvoid, (Any, Int64, Any), y, i, deepcopy_internal(getfield(x, i), seen))
        end
        return y
    end
    n = 0
    while n < nfields(x) && isdefined(x, n + 1)
        n += 1
    end
    return _new_from_fields(T, ntuple(i -> deepcopy_internal(getfield(x, i), seen), n))
end
deepcopy_internal(x, seen::IdDict) = _deepcopy(x, seen)
export deepcopy
