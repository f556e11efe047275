# SPDX-License-Identifier: MIT
# String and SubString: bytes, indices, characters, comparison, concatenation. An index is the byte where a character begins.

struct SubString{T<:AbstractString} <: AbstractString
    string::T
    offset::Int
    ncodeunits::Int
    SubString{T}(s::T, offset::Int, n::Int, ::Val{:unchecked}) where {T<:AbstractString} = new(s, offset, n)
end
const _Utf8 = Union{String,SubString{String}}
export SubString

# --- Bytes
@inline ncodeunits(s::String) = Core.sizeof(s)
@inline ncodeunits(s::SubString) = s.ncodeunits
@inline pointer(s::SubString{String}) = pointer(s.string) + s.offset
@inline _byte(s::_Utf8, i::Int) = Core.Intrinsics.pointerref(pointer(s), i, 1)
sizeof(s::_Utf8) = ncodeunits(s)
sizeof(s::AbstractString) = ncodeunits(s) * sizeof(codeunit(s))
codeunit(s::_Utf8) = UInt8
codeunit(s::SubString) = codeunit(s.string)
@inline function codeunit(s::_Utf8, i::Integer)
    @boundscheck 1 <= i <= ncodeunits(s) || throw(BoundsError(s, i))
    return _byte(s, Int(i))
end
function codeunit(s::SubString, i::Integer)
    @boundscheck 1 <= i <= ncodeunits(s) || throw(BoundsError(s, i))
    return codeunit(s.string, s.offset + i)
end
cconvert(::Type{Ptr{T}}, s::SubString{String}) where {T<:Union{UInt8,Int8,Nothing}} = String(s)
_string_from_pointer(p::Ptr{UInt8}, n::Int) = ccall(:jl_string_from_bytes, Any, (Ptr{UInt8}, Csize_t), p, n)::String
_string_alloc(n::Int) = ccall(:jl_string_alloc, Any, (Csize_t,), n)::String
# Copies all of `s` to byte `at` of a string that is being made.
@inline function _put!(out::String, at::Int, s::_Utf8)
    ccall(:memcpy, Ptr{Cvoid}, (Ptr{UInt8}, Ptr{UInt8}, Csize_t), pointer(out) + (at - 1), pointer(s), ncodeunits(s))
    return at + ncodeunits(s)
end
struct CodeUnits{T,S<:AbstractString} <: AbstractVector{T}
    s::S
end
CodeUnits(s::S) where {S<:AbstractString} = CodeUnits{codeunit(s),S}(s)
codeunits(s::AbstractString) = CodeUnits(s)
length(v::CodeUnits) = ncodeunits(v.s)
size(v::CodeUnits) = (ncodeunits(v.s),)
sizeof(v::CodeUnits) = sizeof(v.s)
elsize(::Type{<:CodeUnits{T}}) where {T} = sizeof(T)
@inline getindex(v::CodeUnits, i::Int) = codeunit(v.s, i)
@inline iterate(v::CodeUnits, i::Int=1) = i <= length(v) ? (codeunit(v.s, i), i + 1) : nothing
IndexStyle(::Type{<:CodeUnits}) = IndexLinear()
export ncodeunits, codeunit, codeunits

# --- Making strings
String(s::String) = s
String(s::SubString{String}) = _string_from_pointer(pointer(s), ncodeunits(s))
String(s::Symbol) = ccall(:jl_symbol_string, Any, (Any,), s)::String
String(v::CodeUnits{UInt8}) = String(v.s)
String(c::AbstractChar) = string(c)
function String(s::AbstractString)
    io = IOBuffer()
    for c in s
        print(io, c)
    end
    return _take_string!(io)
end
# As Julia: the bytes move into the string, and the vector is empty then.
function String(v::Vector{UInt8})
    s = _string_from_pointer(pointer(v), length(v))
    isempty(v) || empty!(v)
    return s
end
String(v::Memory{UInt8}) = _string_from_pointer(pointer(v), _mlength(v))
function String(v::AbstractVector{UInt8})
    out = _string_alloc(length(v))
    p = pointer(out)
    i = 0
    for b in v
        unsafe_store!(p, b, i += 1)
    end
    return out
end
function String(chars::AbstractVector{<:AbstractChar})
    io = IOBuffer()
    for c in chars
        print(io, c)
    end
    return _take_string!(io)
end
AbstractString(s::AbstractString) = s
AbstractString(s::Symbol) = String(s)
convert(::Type{String}, s::AbstractString) = String(s)
convert(::Type{String}, s::String) = s
convert(::Type{AbstractString}, s::AbstractString) = s
convert(::Type{SubString{T}}, s::AbstractString) where {T<:AbstractString} = SubString(convert(T, s)::T)
convert(::Type{SubString{T}}, s::SubString{T}) where {T<:AbstractString} = s
Vector{UInt8}(s::AbstractString) = _bytes_of(String(s))
Array{UInt8}(s::AbstractString) = _bytes_of(String(s))
Vector{UInt8}(s::CodeUnits{UInt8}) = _bytes_of(String(s.s))
Vector{Char}(s::AbstractString) = collect(Char, s)
Vector(s::AbstractString) = collect(s)
function _bytes_of(s::String)
    v = Vector{UInt8}(undef, ncodeunits(s))
    ccall(:memcpy, Ptr{Cvoid}, (Ptr{UInt8}, Ptr{UInt8}, Csize_t), pointer(v), pointer(s), ncodeunits(s))
    return v
end
one(::Type{<:AbstractString}) = ""
one(s::AbstractString) = ""
copy(s::AbstractString) = s
promote_rule(::Type{String}, ::Type{<:AbstractString}) = String
promote_rule(::Type{<:AbstractString}, ::Type{<:AbstractString}) = String
broadcastable(s::AbstractString) = Ref(s)
broadcastable(s::Symbol) = Ref(s)

SubString{String}(s::AbstractString) = SubString(String(s))
SubString(s::String) = SubString{String}(s, 0, ncodeunits(s), Val(:unchecked))
SubString(s::SubString) = s
SubString(s::T) where {T<:AbstractString} = SubString{T}(s, 0, ncodeunits(s), Val(:unchecked))
SubString(s::AbstractString, r::AbstractUnitRange{<:Integer}) = SubString(s, first(r), last(r))
function SubString(s::T, i::Integer, j::Integer=lastindex(s)) where {T<:AbstractString}
    i <= j || return SubString{T}(s, 0, 0, Val(:unchecked))
    checkbounds(s, Int(i):Int(j))
    isvalid(s, Int(i)) || _index_error(s, Int(i))
    isvalid(s, Int(j)) || _index_error(s, Int(j))
    return SubString{T}(s, Int(i) - 1, nextind(s, Int(j)) - Int(i), Val(:unchecked))
end
function SubString(s::SubString{T}, i::Integer, j::Integer=lastindex(s)) where {T}
    i <= j || return SubString{T}(s.string, 0, 0, Val(:unchecked))
    checkbounds(s, Int(i):Int(j))
    return SubString(s.string, s.offset + Int(i), s.offset + Int(j))
end
# Bytes from..to of `s`, known to be whole characters.
_slice(s::String, from::Int, to::Int) = SubString{String}(s, from - 1, max(0, to - from + 1), Val(:unchecked))
_slice(s::SubString{String}, from::Int, to::Int) = _slice(s.string, s.offset + from, s.offset + to)
_slice(s::AbstractString, from::Int, to::Int) = from > to ? SubString(s, 1, 0) : SubString(s, from, thisind(s, to))
view(s::AbstractString, r::AbstractUnitRange{<:Integer}) = SubString(s, r)
parent(s::SubString) = s.string
_index_error(s::AbstractString, i::Int) = throw(StringIndexError(s, i))

# --- Indices
firstindex(s::AbstractString) = 1
lastindex(s::AbstractString) = (n = ncodeunits(s); n == 0 ? 0 : thisind(s, n))
@inline isempty(s::AbstractString) = ncodeunits(s) == 0
checkbounds(::Type{Bool}, s::AbstractString, i::Integer) = 1 <= i <= ncodeunits(s)
checkbounds(::Type{Bool}, s::AbstractString, r::AbstractRange{<:Integer}) =
    isempty(r) || (1 <= minimum(r) && maximum(r) <= ncodeunits(s))
checkbounds(s::AbstractString, i) = checkbounds(Bool, s, i) ? nothing : throw(BoundsError(s, i))
@inline _is_continuation(b::UInt8) = b & 0xc0 == 0x80
@inline isvalid(s::String, i::Int) = 1 <= i <= ncodeunits(s) && (!_is_continuation(_byte(s, i)) || _start_of(s, i) == i)
@inline isvalid(s::SubString{String}, i::Int) = 1 <= i <= ncodeunits(s) && (!_is_continuation(_byte(s, i)) || _start_of(s, i) == i)
isvalid(s::SubString, i::Int) = 1 <= i <= ncodeunits(s) && isvalid(s.string, s.offset + i)
isvalid(s::AbstractString, i::Integer) = isvalid(s, Int(i))
isvalid(s::_Utf8) = ccall(:jl_is_valid_utf8, UInt8, (Ptr{UInt8}, Csize_t), pointer(s), ncodeunits(s)) != 0
isvalid(s::AbstractString) = all(isvalid, s)
isvalid(::Type{String}, s::AbstractString) = isvalid(s)
isvalid(::Type{String}, s::Vector{UInt8}) =
    ccall(:jl_is_valid_utf8, UInt8, (Ptr{UInt8}, Csize_t), pointer(s), length(s)) != 0
# Where the character begins that byte `i` (inside) is part of: back over at most three continuation bytes, if a lead there
# reaches so far.
function _start_of(s::_Utf8, i::Int)
    _is_continuation(_byte(s, i)) || return i
    back = 1
    while back < 4 && i - back >= 1
        b = _byte(s, i - back)
        if !_is_continuation(b)
            return _lead_length(UInt32(b)) > back ? i - back : i
        end
        back += 1
    end
    return i
end
function thisind(s::_Utf8, i::Int)
    n = ncodeunits(s)
    (i == 0 || i == n + 1) && return i
    1 <= i <= n || throw(BoundsError(s, i))
    return _start_of(s, i)
end
function thisind(s::SubString, i::Int)
    (i == 0 || i == ncodeunits(s) + 1) && return i
    1 <= i <= ncodeunits(s) || throw(BoundsError(s, i))
    return thisind(s.string, s.offset + i) - s.offset
end
# One past the character that begins at `i` (inside).
@inline function _end_of(s::_Utf8, i::Int)
    b = _byte(s, i)
    b < 0xc0 && return i + 1
    return _end_of_multibyte(s, i, b)
end
function _end_of_multibyte(s::_Utf8, i::Int, b::UInt8)
    n = ncodeunits(s)
    stop = min(n + 1, i + max(1, _lead_length(UInt32(b))))
    j = i + 1
    while j < stop && _is_continuation(_byte(s, j))
        j += 1
    end
    return j
end
@inline function nextind(s::_Utf8, i::Int)
    n = ncodeunits(s)
    i == 0 && return 1
    1 <= i <= n || throw(BoundsError(s, i))
    return max(i + 1, _end_of(s, _start_of(s, i)))
end
function nextind(s::SubString, i::Int)
    i == 0 && return 1
    1 <= i <= ncodeunits(s) || throw(BoundsError(s, i))
    return nextind(s.string, s.offset + i) - s.offset
end
function prevind(s::_Utf8, i::Int)
    n = ncodeunits(s)
    1 <= i <= n + 1 || throw(BoundsError(s, i))
    i == 1 && return 0
    i == n + 1 && return _start_of(s, n)
    return _start_of(s, i) < i ? _start_of(s, i) : _start_of(s, i - 1)
end
# Steps of a string type that knows only ncodeunits, isvalid and iterate.
thisind(s::AbstractString, i::Int) = i == 0 || i == ncodeunits(s) + 1 ? i : _thisind_walk(s, i)
function _thisind_walk(s, i)
    1 <= i <= ncodeunits(s) || throw(BoundsError(s, i))
    while i > 1 && !isvalid(s, i)
        i -= 1
    end
    return i
end
nextind(s::AbstractString, i::Int) = nextind(s, i, 1)
prevind(s::AbstractString, i::Int) = prevind(s, i, 1)
nextind(s::AbstractString, i::Integer) = nextind(s, Int(i))
prevind(s::AbstractString, i::Integer) = prevind(s, Int(i))
thisind(s::AbstractString, i::Integer) = thisind(s, Int(i))
nextind(s::AbstractString, i::Integer, n::Integer) = nextind(s, Int(i), Int(n))
prevind(s::AbstractString, i::Integer, n::Integer) = prevind(s, Int(i), Int(n))
function nextind(s::AbstractString, i::Int, n::Int)
    n < 0 && throw(ArgumentError("n cannot be negative: $n"))
    z = ncodeunits(s)
    0 <= i <= z || throw(BoundsError(s, i))
    if n == 0
        thisind(s, i) == i || _index_error(s, i)
        return i
    end
    while n > 0 && i <= z
        i += 1
        n -= i > z || isvalid(s, i)
    end
    return i + n
end
function prevind(s::AbstractString, i::Int, n::Int)
    n < 0 && throw(ArgumentError("n cannot be negative: $n"))
    z = ncodeunits(s) + 1
    1 <= i <= z || throw(BoundsError(s, i))
    if n == 0
        thisind(s, i) == i || _index_error(s, i)
        return i
    end
    while n > 0 && 1 < i
        i -= 1
        n -= isvalid(s, i)
    end
    return i - n
end
struct EachStringIndex{T<:AbstractString}
    s::T
end
keys(s::AbstractString) = EachStringIndex(s)
eachindex(s::AbstractString) = EachStringIndex(s)
length(e::EachStringIndex) = length(e.s)
first(::EachStringIndex) = 1
last(e::EachStringIndex) = lastindex(e.s)
eltype(::Type{<:EachStringIndex}) = Int
iterate(e::EachStringIndex, i::Int=1) = i > ncodeunits(e.s) ? nothing : (i, nextind(e.s, i))
export thisind, nextind, prevind, isvalid

# --- Characters
@inline function iterate(s::_Utf8, i::Int=1)
    1 <= i <= ncodeunits(s) || return nothing
    b = _byte(s, i)
    b < 0x80 && return (_char_from_bits(UInt32(b) << 24), i + 1)
    return _multibyte(s, i, b)
end
function _multibyte(s::_Utf8, i::Int, b::UInt8)
    stop = _end_of_multibyte(s, i, b)
    b < 0xc0 && (stop = i + 1)
    bits = UInt32(b) << 24
    shift = 16
    for j in i+1:stop-1
        bits |= UInt32(_byte(s, j)) << shift
        shift -= 8
    end
    return (_char_from_bits(bits), stop)
end
function iterate(s::SubString, i::Int=1)
    i == ncodeunits(s) + 1 && return nothing
    c, j = iterate(s.string, s.offset + i)
    return c, j - s.offset
end
eltype(::Type{<:AbstractString}) = Char
@inline function getindex(s::_Utf8, i::Int)
    @boundscheck 1 <= i <= ncodeunits(s) || throw(BoundsError(s, i))
    b = _byte(s, i)
    b < 0x80 && return _char_from_bits(UInt32(b) << 24)
    return _getindex_multibyte(s, i, b)
end
function _getindex_multibyte(s::_Utf8, i::Int, b::UInt8)
    _start_of(s, i) == i || _index_error(s, i)
    return _multibyte(s, i, b)[1]
end
function getindex(s::AbstractString, i::Int)
    1 <= i <= ncodeunits(s) || throw(BoundsError(s, i))
    isvalid(s, i) || _index_error(s, i)
    return iterate(s, i)[1]
end
getindex(s::AbstractString, i::Integer) = s[Int(i)]
getindex(s::AbstractString, ::Colon) = String(s)
function getindex(s::_Utf8, r::AbstractUnitRange{<:Integer})
    isempty(r) && return ""
    i, j = Int(first(r)), Int(last(r))
    1 <= i && j <= ncodeunits(s) || throw(BoundsError(s, r))
    isvalid(s, i) || _index_error(s, i)
    isvalid(s, j) || _index_error(s, j)
    return _string_from_pointer(pointer(s) + (i - 1), nextind(s, j) - i)
end
getindex(s::AbstractString, r::AbstractUnitRange{<:Integer}) = String(SubString(s, r))
getindex(s::AbstractString, v::AbstractVector{<:Integer}) = sprint(io -> foreach(i -> print(io, s[i]), v))
getindex(s::AbstractString, v::AbstractVector{Bool}) = throw(ArgumentError("logical indexing not supported for strings"))
function length(s::_Utf8)
    n = 0
    i = 1
    stop = ncodeunits(s)
    while i <= stop
        i = _end_of(s, i)
        n += 1
    end
    return n
end
function length(s::AbstractString)
    n = 0
    for _ in s
        n += 1
    end
    return n
end
function length(s::AbstractString, i::Integer, j::Integer)
    i <= j && (0 < i <= ncodeunits(s) + 1 || throw(BoundsError(s, i)))
    i <= j && (0 <= j < ncodeunits(s) + 1 || throw(BoundsError(s, j)))
    n = 0
    for k in Int(i):Int(j)
        n += isvalid(s, k)
    end
    return n
end
isascii(s::AbstractString) = all(isascii, s)
function isascii(s::_Utf8)
    for i in 1:ncodeunits(s)
        _byte(s, i) < 0x80 || return false
    end
    return true
end
get(s::AbstractString, i::Integer, default) = 1 <= i <= ncodeunits(s) && isvalid(s, i) ? s[i] : default

# --- Comparison
==(a::_Utf8, b::_Utf8) = ncodeunits(a) == ncodeunits(b) && _memcmp(a, b, ncodeunits(a)) == 0
_memcmp(a::_Utf8, b::_Utf8, n::Int) = ccall(:memcmp, Cint, (Ptr{UInt8}, Ptr{UInt8}, Csize_t), pointer(a), pointer(b), n)
==(a::AbstractString, b::AbstractString) = cmp(a, b) == 0
isequal(a::AbstractString, b::AbstractString) = a == b
isless(a::AbstractString, b::AbstractString) = cmp(a, b) < 0
function cmp(a::_Utf8, b::_Utf8)
    n, m = ncodeunits(a), ncodeunits(b)
    c = _memcmp(a, b, min(n, m))
    return c < 0 ? -1 : c > 0 ? 1 : cmp(n, m)
end
function cmp(a::AbstractString, b::AbstractString)
    x, y = iterate(a), iterate(b)
    while x !== nothing && y !== nothing
        x[1] == y[1] || return x[1] < y[1] ? -1 : 1
        x, y = iterate(a, x[2]), iterate(b, y[2])
    end
    return x === nothing ? (y === nothing ? 0 : -1) : 1
end

# --- Concatenation
function *(a::_Utf8, rest::_Utf8...)
    n = ncodeunits(a)
    for s in rest
        n += ncodeunits(s)
    end
    out = _string_alloc(n)
    at = _put!(out, 1, a)
    for s in rest
        at = _put!(out, at, s)
    end
    return out
end
*(a::Union{AbstractChar,AbstractString}, rest::Union{AbstractChar,AbstractString}...) = string(a, rest...)
^(s::Union{AbstractString,AbstractChar}, n::Integer) = repeat(s, n)
function repeat(s::Union{String,SubString{String}}, n::Integer)
    n < 0 && throw(ArgumentError("can't repeat a string $n times"))
    n == 1 && return String(s)
    out = _string_alloc(ncodeunits(s) * Int(n))
    at = 1
    for _ in 1:n
        at = _put!(out, at, s)
    end
    return out
end
repeat(s::AbstractString, n::Integer) = repeat(String(s), n)
function repeat(c::AbstractChar, n::Integer)
    n < 0 && throw(ArgumentError("can't repeat a character $n times"))
    return repeat(string(c), n)
end
rest(s::AbstractString, i::Int=1) = s[i:end]
