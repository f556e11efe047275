# SPDX-License-Identifier: MIT
# Finding characters and strings in strings: find*, occursin, startswith, count.

# A "delimiter" is what find, split and replace look for: a character, a predicate, a collection of characters, a string, or anything
# with a findnext method. _match(d, s, i) gives (first byte, byte after the end) of the first at or after byte i; (0, 0) if none.
const _CharSet = Union{Tuple{Vararg{AbstractChar}},AbstractVector{<:AbstractChar},AbstractSet{<:AbstractChar}}
function _match(c::AbstractChar, s::_Utf8, i::Int)
    isascii(c) || return _match(==(c), s, i)
    b = codepoint(c) % UInt8
    for j in i:ncodeunits(s)
        _byte(s, j) == b && return (j, j + 1)
    end
    return (0, 0)
end
_match(c::AbstractChar, s::AbstractString, i::Int) = _match(==(c), s, i)
_match(set::_CharSet, s::AbstractString, i::Int) = _match(c -> c in set, s, i)
function _match(f::Function, s::AbstractString, i::Int)
    next = iterate(s, i)
    while next !== nothing
        c, j = next
        f(c) && return (i, j)
        i = j
        next = iterate(s, i)
    end
    return (0, 0)
end
function _match(needle::_Utf8, s::_Utf8, i::Int)
    n = ncodeunits(s)
    i > n + 1 && return (0, 0)
    m = ncodeunits(needle)
    at = ccall(:jl_find_bytes, Int64, (Ptr{UInt8}, Csize_t, Ptr{UInt8}, Csize_t), pointer(s) + (i - 1), n - i + 1,
        pointer(needle), m)
    at < 0 && return (0, 0)
    return (i + at, i + at + m)
end
_match(needle::AbstractString, s::AbstractString, i::Int) = _match(String(needle), String(s), i)
function _match(d, s::AbstractString, i::Int)
    r = findnext(d, s, i)
    r === nothing && return (0, 0)
    return isempty(r) ? (first(r), first(r)) : (first(r), nextind(s, last(r)))
end

function _check_search_start(s::AbstractString, i::Int)
    n = ncodeunits(s)
    1 <= i <= n + 1 || throw(BoundsError(s, i))
    i == n + 1 || isvalid(s, i) || _index_error(s, i)
    return nothing
end
function findnext(f::Function, s::AbstractString, i::Integer)
    i == ncodeunits(s) + 1 && return nothing
    _check_search_start(s, Int(i))
    j = _match(f, s, Int(i))[1]
    return j == 0 ? nothing : j
end
function findnext(c::AbstractChar, s::AbstractString, i::Integer)
    i == ncodeunits(s) + 1 && return nothing
    _check_search_start(s, Int(i))
    j = _match(c, s, Int(i))[1]
    return j == 0 ? nothing : j
end
function findnext(needle::AbstractString, s::AbstractString, i::Integer)
    1 <= i || throw(BoundsError(s, i))
    i > ncodeunits(s) + 1 && return nothing
    j = _match(needle, s, Int(i))[1]
    return j == 0 ? nothing : (j:j + lastindex(needle) - 1)
end
findfirst(f::Function, s::AbstractString) = findnext(f, s, 1)
findfirst(c::AbstractChar, s::AbstractString) = findnext(c, s, 1)
findfirst(needle::AbstractString, s::AbstractString) = findnext(needle, s, 1)

function findprev(f::Function, s::AbstractString, i::Integer)
    i == 0 && return nothing
    j = Int(i)
    n = ncodeunits(s)
    if j == n + 1
        n == 0 && return nothing
        j = thisind(s, n)
    end
    1 <= j <= n || throw(BoundsError(s, i))
    while j >= 1
        f(s[j]) && return j
        j = prevind(s, j)
    end
    return nothing
end
findprev(c::AbstractChar, s::AbstractString, i::Integer) = findprev(==(c), s, i)
findprev(needle::AbstractString, s::AbstractString, i::Integer) = _findprev(String(needle), String(s), Int(i))
function _findprev(needle::String, s::String, i::Int)
    m = ncodeunits(needle)
    # The last byte of a match lies at most at the end of the character that begins at `i`.
    i < 1 && return i == 0 && m == 0 ? (1:0) : nothing
    stop = i > ncodeunits(s) ? ncodeunits(s) : nextind(s, i) - 1
    m == 0 && return i > ncodeunits(s) ? (stop + 1:stop) : (i:i - 1)
    at = ccall(:jl_find_bytes_last, Int64, (Ptr{UInt8}, Csize_t, Ptr{UInt8}, Csize_t), pointer(s), stop, pointer(needle), m)
    return at < 0 ? nothing : (at + 1:at + lastindex(needle))
end
findlast(f::Function, s::AbstractString) = findprev(f, s, lastindex(s))
findlast(c::AbstractChar, s::AbstractString) = findprev(==(c), s, lastindex(s))
findlast(needle::AbstractString, s::AbstractString) = findprev(needle, s, ncodeunits(s) + 1)

function findall(f::Function, s::AbstractString)
    found = Int[]
    i = 1
    for c in s
        f(c) && push!(found, i)
        i = nextind(s, i)
    end
    return found
end
findall(c::AbstractChar, s::AbstractString) = findall(==(c), s)
function findall(needle::AbstractString, s::AbstractString; overlap::Bool=false)
    found = UnitRange{Int}[]
    i = 1
    while i <= ncodeunits(s) + 1
        from, after = _match(needle, s, i)
        from == 0 && break
        push!(found, from:from + lastindex(needle) - 1)
        i = overlap || after == from ? (from > ncodeunits(s) ? from + 1 : nextind(s, from)) : after
    end
    return found
end
count(needle::AbstractString, s::AbstractString; overlap::Bool=false) = length(findall(needle, s; overlap=overlap))
function count(c::AbstractChar, s::AbstractString)
    n = 0
    for x in s
        n += x == c
    end
    return n
end

occursin(needle::Union{AbstractString,AbstractChar}, s::AbstractString) = _match(needle, s, 1)[1] != 0
occursin(s::AbstractString) = Fix2(occursin, s)
contains(s::AbstractString, needle) = occursin(needle, s)
contains(needle) = Fix2(contains, needle)
in(c::AbstractChar, s::AbstractString) = _match(c, s, 1)[1] != 0
in(a::AbstractString, b::AbstractString) = error("use occursin(needle, haystack) for string containment")

startswith(s::_Utf8, prefix::_Utf8) =
    ncodeunits(prefix) <= ncodeunits(s) && _memcmp(s, prefix, ncodeunits(prefix)) == 0 &&
    (ncodeunits(prefix) == ncodeunits(s) || isvalid(s, ncodeunits(prefix) + 1))
startswith(s::AbstractString, prefix::AbstractString) = startswith(String(s), String(prefix))
startswith(s::AbstractString, c::AbstractChar) = !isempty(s) && first(s) == c
startswith(s::AbstractString, set::_CharSet) = !isempty(s) && first(s) in set
startswith(prefix) = Fix2(startswith, prefix)
function endswith(s::_Utf8, suffix::_Utf8)
    at = ncodeunits(s) - ncodeunits(suffix)
    at < 0 && return false
    return ccall(:memcmp, Cint, (Ptr{UInt8}, Ptr{UInt8}, Csize_t), pointer(s) + at, pointer(suffix), ncodeunits(suffix)) == 0 &&
        (ncodeunits(suffix) == 0 || isvalid(s, at + 1))
end
endswith(s::AbstractString, suffix::AbstractString) = endswith(String(s), String(suffix))
endswith(s::AbstractString, c::AbstractChar) = !isempty(s) && last(s) == c
endswith(s::AbstractString, set::_CharSet) = !isempty(s) && last(s) in set
endswith(suffix) = Fix2(endswith, suffix)
export findfirst, findlast, findnext, findprev, findall, occursin, contains, startswith, endswith, count
