# SPDX-License-Identifier: MIT
# IOContext: a stream with properties for show (:compact, :limit, :typeinfo, :displaysize, ...).

# Properties as a list, the newest first.
struct ImmutableDict{K,V} <: AbstractDict{K,V}
    parent::Union{Nothing,ImmutableDict{K,V}}
    key::K
    value::V
    ImmutableDict{K,V}() where {K,V} = new(nothing)
    ImmutableDict{K,V}(parent::ImmutableDict, key, value) where {K,V} = new(parent, key, value)
    ImmutableDict{K,V}(parent::ImmutableDict, kv::Pair) where {K,V} = new(parent, kv.first, kv.second)
end
ImmutableDict(kv::Pair{K,V}) where {K,V} = ImmutableDict{K,V}(ImmutableDict{K,V}(), kv)
ImmutableDict(parent::ImmutableDict{K,V}, kvs::Pair...) where {K,V} = _chain(parent, kvs...)
ImmutableDict(kv::Pair{K,V}, rest::Pair...) where {K,V} = _chain(ImmutableDict(kv), rest...)
ImmutableDict{K,V}(kv::Pair, rest::Pair...) where {K,V} = _chain(ImmutableDict{K,V}(ImmutableDict{K,V}(), kv), rest...)
function _chain(d::ImmutableDict{K,V}, kvs...) where {K,V}
    for kv in kvs
        d = ImmutableDict{K,V}(d, kv)
    end
    return d
end
function _find(d::ImmutableDict, key)
    while d.parent !== nothing
        isequal(d.key, key) && return d
        d = d.parent
    end
    return nothing
end
haskey(d::ImmutableDict, key) = _find(d, key) !== nothing
get(d::ImmutableDict, key, default) = (e = _find(d, key); e === nothing ? default : e.value)
get(f::Callable, d::ImmutableDict, key) = (e = _find(d, key); e === nothing ? f() : e.value)
getindex(d::ImmutableDict, key) = (e = _find(d, key); e === nothing ? throw(KeyError(key)) : e.value)
function length(d::ImmutableDict)
    n = 0
    while d.parent !== nothing
        n += 1
        d = d.parent
    end
    return n
end
isempty(d::ImmutableDict) = d.parent === nothing
iterate(d::ImmutableDict, at::ImmutableDict=d) = at.parent === nothing ? nothing : (at.key => at.value, at.parent)

struct IOContext{I<:IO} <: IO
    io::I
    dict::ImmutableDict{Symbol,Any}
    IOContext{I}(io::I, dict::ImmutableDict{Symbol,Any}) where {I<:IO} = new{I}(io, dict)
end
_properties(io::IO) = ImmutableDict{Symbol,Any}()
_properties(io::IOContext) = io.dict
_plain_io(io::IO) = io
_plain_io(io::IOContext) = io.io
_make_context(io::I, dict) where {I<:IO} = IOContext{I}(io, dict)
IOContext(io::IO) = _make_context(io, ImmutableDict{Symbol,Any}())
IOContext(io::IOContext) = io
IOContext(io::IO, dict::ImmutableDict{Symbol,Any}) = _make_context(_plain_io(io), dict)
IOContext(io::IO, like::IO) = _make_context(_plain_io(io), _properties(like))
function IOContext(io::IO, @nospecialize(kvs::Pair...))
    dict = _properties(io)
    for kv in kvs
        dict = ImmutableDict{Symbol,Any}(dict, kv.first, kv.second)
    end
    return _make_context(_plain_io(io), dict)
end
get(io::IOContext, key, default) = get(io.dict, key, default)
get(io::IO, key, default) = default
haskey(io::IOContext, key) = haskey(io.dict, key)
haskey(io::IO, key) = false
getindex(io::IOContext, key) = getindex(io.dict, key)
getindex(io::IO, key) = throw(KeyError(key))
keys(io::IOContext) = keys(io.dict)
keys(io::IO) = ()
displaysize(io::IOContext) = haskey(io, :displaysize) ? io[:displaysize]::Tuple{Int,Int} : displaysize(io.io)
displaysize(io::IO) = displaysize()
displaysize() = (24, 80)
unsafe_write(io::IOContext, p::Ptr{UInt8}, n::UInt) = unsafe_write(io.io, p, n)
write(io::IOContext, b::UInt8) = write(io.io, b)
_read_some(io::IOContext, p::Ptr{UInt8}, n::Int) = _read_some(io.io, p, n)
read(io::IOContext, ::Type{UInt8}) = read(io.io, UInt8)
_peek_byte(io::IOContext) = _peek_byte(io.io)
eof(io::IOContext) = eof(io.io)
close(io::IOContext) = close(io.io)
isopen(io::IOContext) = isopen(io.io)
isreadable(io::IOContext) = isreadable(io.io)
iswritable(io::IOContext) = iswritable(io.io)
flush(io::IOContext) = flush(io.io)
position(io::IOContext) = position(io.io)
seek(io::IOContext, n::Integer) = seek(io.io, n)
lock(io::IO) = nothing
unlock(io::IO) = nothing
export IOContext, displaysize

const _ANSI_CODES = ((:black, 30), (:red, 31), (:green, 32), (:yellow, 33), (:blue, 34), (:magenta, 35), (:cyan, 36), (:white, 37),
    (:light_black, 90), (:light_red, 91), (:light_green, 92), (:light_yellow, 93), (:light_blue, 94), (:light_magenta, 95),
    (:light_cyan, 96), (:light_white, 97), (:gray, 90), (:default, 39))
function _ansi_code(color)
    color isa Integer && return string("\e[38;5;", color, "m")
    for (name, code) in _ANSI_CODES
        name === color && return string("\e[", code, "m")
    end
    return ""
end
function printstyled(io::IO, xs...; bold::Bool=false, color=:normal, underline::Bool=false, italic::Bool=false, blink::Bool=false,
    reverse::Bool=false, hidden::Bool=false)
    if get(io, :color, false)::Bool
        before = string(bold || color === :bold ? "\e[1m" : "", underline ? "\e[4m" : "", _ansi_code(color))
        print(io, before, xs..., isempty(before) ? "" : "\e[39;22;24m")
    else
        print(io, xs...)
    end
    return nothing
end
printstyled(xs...; kwargs...) = printstyled(stdout, xs...; kwargs...)
export printstyled
