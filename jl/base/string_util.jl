# SPDX-License-Identifier: MIT
# Everyday string functions: strip, chop, pad, case, reverse, map, filter, first and last characters.

function _first_not(f, s::AbstractString)
    i = 1
    for c in s
        f(c) || return i
        i = nextind(s, i)
    end
    return i
end
function lstrip(f, s::AbstractString)
    i = _first_not(f, s)
    n = ncodeunits(s)
    return i > n ? _slice(s, 1, 0) : _slice(s, i, n)
end
function rstrip(f, s::AbstractString)
    n = ncodeunits(s)
    i = n
    while i >= 1
        i = thisind(s, i)
        f(s[i]) || return _slice(s, 1, nextind(s, i) - 1)
        i -= 1
    end
    return _slice(s, 1, 0)
end
strip(f, s::AbstractString) = lstrip(f, rstrip(f, s))
lstrip(s::AbstractString) = lstrip(isspace, s)
rstrip(s::AbstractString) = rstrip(isspace, s)
strip(s::AbstractString) = strip(isspace, s)
lstrip(s::AbstractString, c::AbstractChar) = lstrip(==(c), s)
rstrip(s::AbstractString, c::AbstractChar) = rstrip(==(c), s)
strip(s::AbstractString, c::AbstractChar) = strip(==(c), s)
lstrip(s::AbstractString, chars::Union{_CharSet,AbstractString}) = lstrip(c -> c in chars, s)
rstrip(s::AbstractString, chars::Union{_CharSet,AbstractString}) = rstrip(c -> c in chars, s)
strip(s::AbstractString, chars::Union{_CharSet,AbstractString}) = strip(c -> c in chars, s)
export strip, lstrip, rstrip

function chop(s::AbstractString; head::Integer=0, tail::Integer=1)
    head < 0 && throw(ArgumentError("`head` must be non-negative"))
    tail < 0 && throw(ArgumentError("`tail` must be non-negative"))
    isempty(s) && return SubString(s)
    from = head == 0 ? 1 : nextind(s, 1, min(Int(head), length(s)))
    to = prevind(s, ncodeunits(s) + 1, min(Int(tail) + 1, length(s) + 1))
    return to < from ? SubString(s, 1, 0) : SubString(s, from, to)
end
function chomp(s::AbstractString)
    n = ncodeunits(s)
    (n == 0 || codeunit(s, n) != 0x0a) && return _slice(s, 1, n)
    return n > 1 && codeunit(s, n - 1) == 0x0d ? _slice(s, 1, n - 2) : _slice(s, 1, n - 1)
end
chopprefix(s::AbstractString, p::AbstractString) =
    startswith(s, p) ? _slice(s, ncodeunits(p) + 1, ncodeunits(s)) : SubString(s)
chopsuffix(s::AbstractString, p::AbstractString) =
    !isempty(p) && endswith(s, p) ? _slice(s, 1, ncodeunits(s) - ncodeunits(p)) : SubString(s)
export chop, chomp, chopprefix, chopsuffix

textwidth(s::AbstractString) = (n = 0; for c in s; n += textwidth(c); end; n)
function _padding(s, n::Integer, p::Union{AbstractChar,AbstractString})
    missing_width = Int(n) - textwidth(s)
    missing_width <= 0 && return ""
    width = textwidth(p)
    width == 0 && throw(ArgumentError("`p` has to have a positive textwidth"))
    whole, rest = divrem(missing_width, width)
    return rest == 0 ? repeat(p, whole) : string(repeat(p, whole), first(p isa AbstractChar ? string(p) : p, rest))
end
lpad(s, n::Integer, p::Union{AbstractChar,AbstractString}=' ') = lpad(string(s)::AbstractString, n, string(p))
rpad(s, n::Integer, p::Union{AbstractChar,AbstractString}=' ') = rpad(string(s)::AbstractString, n, string(p))
lpad(s::Union{AbstractChar,AbstractString}, n::Integer, p::Union{AbstractChar,AbstractString}=' ') = string(_padding(s, n, p), s)
rpad(s::Union{AbstractChar,AbstractString}, n::Integer, p::Union{AbstractChar,AbstractString}=' ') = string(s, _padding(s, n, p))
export lpad, rpad

function map(f, s::AbstractString)
    io = IOBuffer()
    for c in s
        d = f(c)
        d isa AbstractChar || throw(ArgumentError(string("map(f, s::AbstractString) requires f to return AbstractChar; ",
            "try map(f, collect(s)) or a comprehension instead")))
        print(io, d)
    end
    return _take_string!(io)
end
function filter(f, s::AbstractString)
    io = IOBuffer()
    for c in s
        f(c) && print(io, c)
    end
    return _take_string!(io)
end
uppercase(s::AbstractString) = map(uppercase, s)
lowercase(s::AbstractString) = map(lowercase, s)
uppercasefirst(s::AbstractString) = isempty(s) || titlecase(first(s)) == first(s) ? String(s) :
    string(titlecase(first(s)), SubString(s, nextind(s, 1)))
lowercasefirst(s::AbstractString) = isempty(s) || islowercase(first(s)) ? String(s) :
    string(lowercase(first(s)), SubString(s, nextind(s, 1)))
function titlecase(s::AbstractString; wordsep::Function=!isletter, strict::Bool=true)
    io = IOBuffer()
    startword = true
    for c in s
        if wordsep(c)
            print(io, c)
            startword = true
        else
            print(io, startword ? titlecase(c) : strict ? lowercase(c) : c)
            startword = false
        end
    end
    return _take_string!(io)
end
export uppercasefirst, lowercasefirst

function reverse(s::_Utf8)
    n = ncodeunits(s)
    out = _string_alloc(n)
    i = 1
    while i <= n
        j = _end_of(s, i)
        ccall(:memcpy, Ptr{Cvoid}, (Ptr{UInt8}, Ptr{UInt8}, Csize_t), pointer(out) + (n - j + 1), pointer(s) + (i - 1), j - i)
        i = j
    end
    return out
end
reverse(s::AbstractString) = reverse(String(s))
reverseind(s::AbstractString, i::Integer) = thisind(s, ncodeunits(s) - Int(i) + 1)
first(s::AbstractString) = isempty(s) ? throw(ArgumentError("collection must be non-empty")) : s[1]
last(s::AbstractString) = isempty(s) ? throw(ArgumentError("collection must be non-empty")) : s[lastindex(s)]
function first(s::AbstractString, n::Integer)
    n < 0 && throw(ArgumentError("Number of elements must be non-negative"))
    n == 0 && return ""
    i = 1
    for _ in 1:n
        i > ncodeunits(s) && break
        i = nextind(s, i)
    end
    return String(_slice(s, 1, i - 1))
end
function last(s::AbstractString, n::Integer)
    n < 0 && throw(ArgumentError("Number of elements must be non-negative"))
    i = ncodeunits(s) + 1
    for _ in 1:n
        i <= 1 && break
        i = prevind(s, i)
    end
    return String(_slice(s, i, ncodeunits(s)))
end
export textwidth, reverse, reverseind, first, last, map, filter, repeat, length, getindex, firstindex, lastindex, view, parent

bytes2hex(itr) = _bytes2hex(itr)
function _bytes2hex(itr)
    io = IOBuffer()
    for b in itr
        write(io, _HEX_DIGITS[Int(b >> 4) + 1], _HEX_DIGITS[Int(b & 0x0f) + 1])
    end
    return _take_string!(io)
end
const _HEX_DIGITS = codeunits("0123456789abcdef")
_hex_value(b::UInt8) = 0x30 <= b <= 0x39 ? b - 0x30 : 0x61 <= b <= 0x66 ? b - 0x57 : 0x41 <= b <= 0x46 ? b - 0x37 :
    throw(ArgumentError("byte is not an ASCII hexadecimal digit"))
function hex2bytes(s)
    bytes = s isa AbstractString ? codeunits(s) : s
    isodd(length(bytes)) && throw(ArgumentError("length of iterable must be even"))
    return UInt8[_hex_value(bytes[i]) << 4 | _hex_value(bytes[i + 1]) for i in 1:2:length(bytes)]
end
export bytes2hex, hex2bytes

# Text with its escape sequences written out, and back.
function escape_string(io::IO, s::AbstractString, esc=""; keep=())
    text = s isa _Utf8 ? s : String(s)
    n = ncodeunits(text)
    i = 1
    while i <= n
        c, next = iterate(text, i)
        _escape_char(io, c, next <= n ? text[next] : 'x', esc, keep)
        i = next
    end
    return nothing
end
function _escape_char(io::IO, c::Char, following::Char, esc, keep)
    if c in keep
        print(io, c)
    elseif c in esc
        print(io, '\\', c)
    elseif isascii(c)
        c == '\0' ? print(io, '0' <= following <= '7' ? "\\x00" : "\\0") :
        c == '\e' ? print(io, "\\e") :
        c == '\\' ? print(io, "\\\\") :
        '\a' <= c <= '\r' ? print(io, '\\', "abtnvfr"[Int(c) - 6]) :
        isprint(c) ? print(io, c) :
        print(io, "\\x", string(UInt32(c), base=16, pad=2))
    elseif !isvalid(c)
        u = _char_bits(c)
        for k in 1:ncodeunits(c)
            print(io, "\\x", string((u >> (32 - 8k)) & 0xff, base=16, pad=2))
        end
    elseif isprint(c)
        print(io, c)
    elseif c <= '\x7f'
        print(io, "\\x", string(UInt32(c), base=16, pad=2))
    elseif c <= '\uffff'
        print(io, "\\u", string(UInt32(c), base=16, pad=isxdigit(following) ? 4 : 1))
    else
        print(io, "\\U", string(UInt32(c), base=16, pad=isxdigit(following) ? 8 : 4))
    end
    return nothing
end
escape_string(s::AbstractString, esc=('"',); keep=()) = sprint(io -> escape_string(io, s, esc; keep=keep))
function unescape_string(io::IO, s::AbstractString, keep=())
    text = String(s)
    n = ncodeunits(text)
    i = 1
    while i <= n
        c, i = iterate(text, i)
        if c != '\\' || i > n
            c == '\\' && throw(ArgumentError("unbalanced escape sequence in $(repr(text))"))
            print(io, c)
            continue
        end
        c, i = iterate(text, i)
        if c in keep
            print(io, '\\', c)
        elseif c == 'x' || c == 'u' || c == 'U'
            limit = c == 'x' ? 2 : c == 'u' ? 4 : 8
            value, i, count = _escape_digits(text, i, limit, 16)
            count == 0 && throw(ArgumentError(string(c == 'x' ? "invalid hex escape sequence" : "invalid Unicode escape sequence",
                " used in ", repr(text))))
            c == 'x' ? write(io, value % UInt8) : print(io, Char(value))
        elseif '0' <= c <= '7'
            value, i, _ = _escape_digits(text, i - 1, 3, 8)
            value > 255 && throw(ArgumentError("octal escape sequence out of range"))
            write(io, value % UInt8)
        else
            print(io, _simple_escape(c, text))
        end
    end
    return nothing
end
_simple_escape(c, text) = c == 'a' ? '\a' : c == 'b' ? '\b' : c == 't' ? '\t' : c == 'n' ? '\n' : c == 'v' ? '\v' : c == 'f' ? '\f' :
    c == 'r' ? '\r' : c == 'e' ? '\e' : c in ('\\', '"', '\'', '$', '`') ? c :
    throw(ArgumentError(string("invalid escape sequence \\", c)))
function _escape_digits(text::String, i::Int, limit::Int, base::Int)
    value = UInt32(0)
    count = 0
    while count < limit && i <= ncodeunits(text)
        c = text[i]
        isxdigit(c) && (base == 16 || c <= '7') || break
        value = value * UInt32(base) + UInt32(_hex_value(UInt8(c)))
        count += 1
        i += 1
    end
    return value, i, count
end
unescape_string(s::AbstractString, keep=()) = sprint(io -> unescape_string(io, s, keep))
export escape_string, unescape_string

# --- Other encodings
function ascii(s::AbstractString)
    for (i, c) in pairs(s)
        isascii(c) || throw(ArgumentError("invalid ASCII at index $i in $(repr(s))"))
    end
    return String(s)
end
transcode(::Type{T}, units::AbstractVector{T}) where {T<:Union{UInt8,UInt16,UInt32,Int32}} = units
transcode(::Type{T}, s::String) where {T<:Union{UInt32,Int32}} = T[T(UInt32(c)) for c in s]
transcode(::Type{UInt8}, s::String) = Vector{UInt8}(codeunits(s))
transcode(::Type{String}, s::String) = s
transcode(::Type{String}, units::AbstractVector{UInt8}) = String(copy(units))
transcode(::Type{String}, units::AbstractVector{<:Union{UInt32,Int32}}) = String(Char[Char(UInt32(u)) for u in units])
transcode(::Type{T}, units::AbstractVector) where {T} = transcode(T, transcode(String, units))
transcode(::Type{T}, units::CodeUnits) where {T} = transcode(T, String(units))
function transcode(::Type{UInt16}, s::String)
    units = UInt16[]
    for c in s
        u = UInt32(c)
        u < 0x10000 ? push!(units, u % UInt16) :
            push!(units, (0xd800 + ((u - 0x10000) >> 10)) % UInt16, (0xdc00 + ((u - 0x10000) & 0x3ff)) % UInt16)
    end
    return units
end
function transcode(::Type{String}, units::AbstractVector{UInt16})
    chars = Char[]
    i = 1
    while i <= length(units)
        u = UInt32(units[i])
        if 0xd800 <= u < 0xdc00 && i < length(units) && 0xdc00 <= units[i+1] < 0xe000
            u = 0x10000 + ((u - 0xd800) << 10) + (UInt32(units[i+1]) - 0xdc00)
            i += 1
        end
        push!(chars, Char(u))
        i += 1
    end
    return String(chars)
end
export ascii, transcode
