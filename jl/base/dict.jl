# SPDX-License-Identifier: MIT
# Dict: open addressing with linear probing over a table whose size is a power of two.
#
# slots[i] is 0 where nothing was ever stored, 0x7f where an entry was deleted, else 0x80 plus seven bits of the key's hash,
# which spares most comparisons of keys.

mutable struct Dict{K,V} <: AbstractDict{K,V}
    slots::Memory{UInt8}
    keys::Memory{K}
    vals::Memory{V}
    ndel::Int
    count::Int
    age::UInt      # changes with every insertion and deletion
    idxfloor::Int  # no entry lies below
    maxprobe::Int  # how far any entry may be from its place
    function Dict{K,V}() where {K,V}
        return new{K,V}(_memory(UInt8, 0), _memory(K, 0), _memory(V, 0), 0, 0, UInt(0), 1, 0)
    end
    function Dict{K,V}(d::Dict{K,V}) where {K,V}
        n = _mlength(d.slots)
        slots, keys, vals = _memory(UInt8, n), _memory(K, n), _memory(V, n)
        _mcopy!(slots, 1, d.slots, 1, n)
        _mcopy!(keys, 1, d.keys, 1, n)
        _mcopy!(vals, 1, d.vals, 1, n)
        return new{K,V}(slots, keys, vals, d.ndel, d.count, d.age, d.idxfloor, d.maxprobe)
    end
end
function Dict{K,V}(items) where {K,V}
    d = Dict{K,V}()
    _hint_length!(d, items)
    for (k, v) in items
        d[k] = v
    end
    return d
end
function Dict{K,V}(ps::Pair...) where {K,V}
    d = Dict{K,V}()
    isempty(ps) || sizehint!(d, length(ps))
    for p in ps
        d[p.first] = p.second
    end
    return d
end
Dict{K,V}(p::Pair) where {K,V} = setindex!(Dict{K,V}(), p.second, p.first)
Dict() = Dict{Any,Any}()
Dict(::Tuple{}) = Dict{Any,Any}()
Dict(p::Pair{K,V}) where {K,V} = Dict{K,V}(p)
Dict(ps::Pair{K,V}...) where {K,V} = Dict{K,V}(ps)
Dict(ps::Pair...) = _grow_dict(ps)
Dict(d::AbstractDict{K,V}) where {K,V} = Dict{K,V}(d)
function Dict(items)
    eltype(items) <: Pair && return _dict_of(items, eltype(items))
    eltype(items) <: Tuple{Any,Any} && isconcretetype(eltype(items)) &&
        return Dict{fieldtype(eltype(items), 1),fieldtype(eltype(items), 2)}(items)
    return _grow_dict(items)
end
_dict_of(items, ::Type{Pair{K,V}}) where {K,V} = Dict{K,V}(items)
_dict_of(items, ::Type) = _grow_dict(items)
# The element type becomes known only as the items come: starts with the first one's and widens.
function _grow_dict(items)
    next = iterate(items)
    next === nothing && return _empty_dict(_element_guess(items))
    (k, v), state = _checked_item(next)
    d = Dict{typeof(k),typeof(v)}()
    d[k] = v
    return _grow_dict!(d, items, state)
end
_empty_dict(::Type) = Dict{Any,Any}()
_empty_dict(::Type{Union{}}) = Dict{Any,Any}()
_empty_dict(::Type{Pair{K,V}}) where {K,V} = Dict{K,V}()
_empty_dict(::Type{Tuple{K,V}}) where {K,V} = Dict{K,V}()
function _checked_item(next)
    item = next[1]
    item isa Union{Pair,Tuple{Any,Any}} && return next
    applicable(iterate, item) && applicable(length, item) && length(item) == 2 && return next
    throw(ArgumentError("AbstractDict(kv): kv needs to be an iterator of 2-tuples or pairs"))
end
function _grow_dict!(d::Dict{K,V}, items, state) where {K,V}
    next = iterate(items, state)
    while next !== nothing
        (k, v), state = _checked_item(next)
        if k isa K && v isa V
            d[k] = v
        else
            wider = Dict{promote_typejoin(K, typeof(k)),promote_typejoin(V, typeof(v))}(d)
            wider[k] = v
            return _grow_dict!(wider, items, state)
        end
        next = iterate(items, state)
    end
    return d
end
_hint_length!(d, items) = IteratorSize(typeof(items)) isa Union{HasLength,HasShape} ? sizehint!(d, length(items)) : d
convert(::Type{T}, d::T) where {T<:AbstractDict} = d
convert(::Type{T}, d::AbstractDict) where {T<:AbstractDict} = T(d)
empty(::AbstractDict{K,V}) where {K,V} = Dict{K,V}()
empty(::AbstractDict, ::Type{K}, ::Type{V}) where {K,V} = Dict{K,V}()
empty(::AbstractDict{K}, ::Type{V}) where {K,V} = Dict{K,V}()
copy(d::Dict{K,V}) where {K,V} = Dict{K,V}(d)
copy(d::AbstractDict) = merge!(empty(d), d)

# --- The table
@inline _table_size(n::Int) = n < 16 ? 16 : 1 << (64 - leading_zeros(n - 1))
@inline _place(h::UInt, size::Int) = ((h % Int) & (size - 1)) + 1
@inline _tag(h::UInt) = (h >> 57) % UInt8 | 0x80
@inline _is_filled(d::Dict, i::Int) = _mget(d.slots, i) >= 0x80
@inline _probe_limit(size::Int) = max(16, size >> 6)

function _rehash!(d::Dict{K,V}, wanted::Int) where {K,V}
    size = _table_size(wanted)
    old_slots, old_keys, old_vals = d.slots, d.keys, d.vals
    old_size = _mlength(old_slots)
    slots, keys, vals = _memory(UInt8, size), _memory(K, size), _memory(V, size)
    ccall(:memset, Ptr{Cvoid}, (Ptr{UInt8}, Cint, Csize_t), pointer(slots), 0, size)
    maxprobe = 0
    count = 0
    if d.count > 0
        for i in 1:old_size
            tag = _mget(old_slots, i)
            tag >= 0x80 || continue
            k = _mget(old_keys, i)
            start = at = _place(hash(k), size)
            while _mget(slots, at) != 0
                at = (at & (size - 1)) + 1
            end
            maxprobe = max(maxprobe, (at - start) & (size - 1))
            _mset!(slots, tag, at)
            _mset!(keys, k, at)
            _mset!(vals, _mget(old_vals, i), at)
            count += 1
        end
    end
    d.age += 1
    d.idxfloor = 1
    d.slots = slots
    d.keys = keys
    d.vals = vals
    d.count = count
    d.ndel = 0
    d.maxprobe = maxprobe
    return d
end
rehash!(d::Dict, n::Integer=_mlength(d.slots)) = _rehash!(d, Int(n))
function sizehint!(d::Dict, n::Integer; shrink::Bool=true)
    size = _table_size(cld(3 * max(Int(n), d.count), 2))
    old = _mlength(d.slots)
    return size == old || (size < old && !shrink) ? d : _rehash!(d, size)
end
sizehint!(d::AbstractDict, n::Integer) = d

# Index of the key's entry, or 0.
function _find(d::Dict{K,V}, key) where {K,V}
    d.count == 0 && return 0
    size = _mlength(d.slots)
    h = hash(key)::UInt
    at = _place(h, size)
    tag = _tag(h)
    probes = 0
    while true
        slot = _mget(d.slots, at)
        slot == 0x00 && return 0
        if slot == tag
            k = _mget(d.keys, at)
            (key === k || isequal(key, k)) && return at
        end
        at = (at & (size - 1)) + 1
        probes += 1
        probes > d.maxprobe && return 0
    end
end
# Index of the key's entry; or minus the index where it may be put, and its tag.
function _find_or_place(d::Dict{K,V}, key::K) where {K,V}
    size = _mlength(d.slots)
    if size == 0
        _rehash!(d, 4)
        size = _mlength(d.slots)
    end
    h = hash(key)::UInt
    at = _place(h, size)
    tag = _tag(h)
    free = 0
    probes = 0
    while probes <= d.maxprobe
        slot = _mget(d.slots, at)
        slot == 0x00 && return (free < 0 ? free : -at), tag
        if slot == 0x7f
            free == 0 && (free = -at)
        elseif slot == tag
            k = _mget(d.keys, at)
            (key === k || isequal(key, k)) && return at, tag
        end
        at = (at & (size - 1)) + 1
        probes += 1
    end
    free < 0 && return free, tag
    limit = _probe_limit(size)
    while probes < limit
        if _mget(d.slots, at) < 0x80
            d.maxprobe = probes
            return -at, tag
        end
        at = (at & (size - 1)) + 1
        probes += 1
    end
    _rehash!(d, d.count > 64000 ? size * 2 : size * 4)
    return _find_or_place(d, key)
end
function _insert!(d::Dict{K,V}, at::Int, tag::UInt8, key::K, value::V) where {K,V}
    _mget(d.slots, at) == 0x7f && (d.ndel -= 1)
    _mset!(d.slots, tag, at)
    _mset!(d.keys, key, at)
    _mset!(d.vals, value, at)
    d.count += 1
    d.age += 1
    at < d.idxfloor && (d.idxfloor = at)
    if (d.count + d.ndel) * 3 > _mlength(d.slots) * 2
        _rehash!(d, d.count > 64000 ? d.count * 2 : max(d.count * 4, 4))
    end
    return nothing
end
function _convert_key(::Type{K}, key) where {K}
    k = convert(K, key)
    isequal(k, key) || throw(ArgumentError("$(limitrepr(key)) is not a valid key for type $K"))
    return k
end
limitrepr(x) = repr(x; context=:limit => true)
setindex!(d::Dict{K,V}, value, key::K) where {K,V} = _store!(d, convert(V, value)::V, key)
setindex!(d::Dict{K,V}, value, key) where {K,V} = _store!(d, convert(V, value)::V, _convert_key(K, key)::K)
function _store!(d::Dict{K,V}, value::V, key::K) where {K,V}
    at, tag = _find_or_place(d, key)
    if at > 0
        d.age += 1
        _mset!(d.keys, key, at)
        _mset!(d.vals, value, at)
    else
        _insert!(d, -at, tag, key, value)
    end
    return d
end
function getindex(d::Dict{K,V}, key) where {K,V}
    at = _find(d, key)
    at == 0 && throw(KeyError(key))
    return _mget(d.vals, at)
end
haskey(d::Dict, key) = _find(d, key) != 0
in(key, ks::KeySet{<:Any,<:Dict}) = _find(ks.dict, key) != 0
get(d::Dict, key, default) = (at = _find(d, key); at == 0 ? default : _mget(d.vals, at))
get(f::Callable, d::Dict, key) = (at = _find(d, key); at == 0 ? f() : _mget(d.vals, at))
getkey(d::Dict, key, default) = (at = _find(d, key); at == 0 ? default : _mget(d.keys, at))
get!(d::Dict{K,V}, key, default) where {K,V} = _get!(() -> default, d, key isa K ? key : _convert_key(K, key)::K)
get!(f::Callable, d::Dict{K,V}, key) where {K,V} = _get!(f, d, key isa K ? key : _convert_key(K, key)::K)
function _get!(f, d::Dict{K,V}, key::K) where {K,V}
    at, tag = _find_or_place(d, key)
    at > 0 && return _mget(d.vals, at)
    age = d.age
    value = convert(V, f())::V
    if d.age != age # `f` changed the Dict
        at, tag = _find_or_place(d, key)
    end
    if at > 0
        d.age += 1
        _mset!(d.keys, key, at)
        _mset!(d.vals, value, at)
    else
        _insert!(d, -at, tag, key, value)
    end
    return value
end
function _delete_at!(d::Dict{K,V}, at::Int) where {K,V}
    size = _mlength(d.slots)
    _clear_entry!(d.keys, at)
    _clear_entry!(d.vals, at)
    d.count -= 1
    d.age += 1
    # Nothing probes past this place when the next one is empty: then it, and deleted ones before it, become empty too.
    next = (at & (size - 1)) + 1
    if _mget(d.slots, next) == 0x00
        d.ndel += 1
        while true
            d.ndel -= 1
            _mset!(d.slots, 0x00, at)
            at = ((at - 2) & (size - 1)) + 1
            _mget(d.slots, at) == 0x7f || break
        end
    else
        _mset!(d.slots, 0x7f, at)
        d.ndel += 1
    end
    return d
end
# Drops a reference so that the collector can have it.
function _clear_entry!(m::Memory{T}, at::Int) where {T}
    isbitstype(T) || _mcopy!(m, at, _memory(T, 1), 1, 1)
    return nothing
end
delete!(d::Dict, key) = (at = _find(d, key); at == 0 ? d : _delete_at!(d, at))
function pop!(d::Dict, key)
    at = _find(d, key)
    at == 0 && throw(KeyError(key))
    value = _mget(d.vals, at)
    _delete_at!(d, at)
    return value
end
function pop!(d::Dict, key, default)
    at = _find(d, key)
    at == 0 && return default
    value = _mget(d.vals, at)
    _delete_at!(d, at)
    return value
end
function pop!(d::Dict)
    isempty(d) && throw(ArgumentError("dict must be non-empty"))
    at = _next_filled(d, d.idxfloor)
    d.idxfloor = at
    p = _mget(d.keys, at) => _mget(d.vals, at)
    _delete_at!(d, at)
    return p
end
function empty!(d::Dict{K,V}) where {K,V}
    size = _mlength(d.slots)
    ccall(:memset, Ptr{Cvoid}, (Ptr{UInt8}, Cint, Csize_t), pointer(d.slots), 0, size)
    d.keys = _memory(K, size)
    d.vals = _memory(V, size)
    d.ndel = d.count = d.maxprobe = 0
    d.age += 1
    d.idxfloor = max(1, size)
    return d
end
@inline function _next_filled(d::Dict, i::Int)
    n = _mlength(d.slots)
    while i <= n
        _is_filled(d, i) && return i
        i += 1
    end
    return 0
end
@inline function iterate(d::Dict{K,V}, i::Int=d.idxfloor) where {K,V}
    at = _next_filled(d, i)
    at == 0 && return nothing
    return (Pair{K,V}(_mget(d.keys, at), _mget(d.vals, at)), at + 1)
end
isempty(d::Dict) = d.count == 0
length(d::Dict) = d.count
function iterate(v::KeySet{<:Any,<:Dict}, i::Int=v.dict.idxfloor)
    at = _next_filled(v.dict, i)
    at == 0 && return nothing
    return (_mget(v.dict.keys, at), at + 1)
end
function iterate(v::ValueIterator{<:Dict}, i::Int=v.dict.idxfloor)
    at = _next_filled(v.dict, i)
    at == 0 && return nothing
    return (_mget(v.dict.vals, at), at + 1)
end
function filter!(f, d::Dict)
    for i in 1:_mlength(d.slots)
        if _is_filled(d, i) && !f(_mget(d.keys, i) => _mget(d.vals, i))
            _delete_at!(d, i)
        end
    end
    return d
end
function map!(f, values::ValueIterator{<:Dict})
    d = values.dict
    for i in 1:_mlength(d.slots)
        _is_filled(d, i) && _mset!(d.vals, convert(eltype(values), f(_mget(d.vals, i))), i)
    end
    return values
end
export Dict, rehash!
