# SPDX-License-Identifier: MIT
# Char: its UTF-8 bytes, left-aligned in 32 bits. Bytes that are no UTF-8 are characters too ("malformed").

struct CodePointError{T<:Integer} <: Exception
    code::T
end
struct InvalidCharError{T<:AbstractChar} <: Exception
    char::T
end

@inline _char_bits(c::Char) = Core.Intrinsics.bitcast(UInt32, c)
@inline _char_from_bits(u::UInt32) = Core.Intrinsics.bitcast(Char, u)

Char(c::Char) = c
AbstractChar(x::Number) = Char(x)
Char(x::Number) = Char(UInt32(x)::UInt32)
Char(c::AbstractChar) = Char(codepoint(c))
function Char(u::UInt32)
    u < 0x80 && return _char_from_bits(u << 24)
    tail = 0x80 | (u & 0x3f)
    u < 0x800 && return _char_from_bits((0xc0 | u >> 6) << 24 | tail << 16)
    middle = 0x80 | (u >> 6 & 0x3f)
    u < 0x10000 && return _char_from_bits((0xe0 | u >> 12) << 24 | middle << 16 | tail << 8)
    u < 0x200000 || throw(CodePointError(u))
    return _char_from_bits((0xf0 | u >> 18) << 24 | (0x80 | (u >> 12 & 0x3f)) << 16 | middle << 8 | tail)
end

# How many bytes a character has that begins with `b`; 0 when none begins so.
_lead_length(b::UInt32) = b < 0x80 ? 1 : b < 0xc0 ? 0 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : b < 0xf8 ? 4 : 0
function ismalformed(c::Char)
    u = _char_bits(c)
    u < 0x80000000 && return u & 0x00ffffff != 0
    n = _lead_length(u >> 24)
    n == 2 && return u & 0x00c0ffff != 0x00800000
    n == 3 && return u & 0x00c0c0ff != 0x00808000
    n == 4 && return u & 0x00c0c0c0 != 0x00808080
    return true
end
function isoverlong(c::Char)
    u = _char_bits(c)
    n = _lead_length(u >> 24)
    return n == 2 ? u < 0xc2000000 : n == 3 ? u < 0xe0a00000 : n == 4 ? u < 0xf0900000 : false
end
ismalformed(c::AbstractChar) = false
isoverlong(c::AbstractChar) = false
function codepoint(c::Char)
    u = _char_bits(c)
    u < 0x80000000 && return u >> 24
    ismalformed(c) && throw(InvalidCharError(c))
    return _decode(u)
end
# The code point of a character that is not malformed.
function _decode(u::UInt32)
    u < 0x80000000 && return u >> 24
    n = _lead_length(u >> 24)
    n == 2 && return (u >> 18 & 0x7c0) | (u >> 16 & 0x3f)
    n == 3 && return (u >> 12 & 0xf000) | (u >> 10 & 0xfc0) | (u >> 8 & 0x3f)
    return (u >> 6 & 0x1c0000) | (u >> 4 & 0x3f000) | (u >> 2 & 0xfc0) | (u & 0x3f)
end
isvalid(c::Char) = !ismalformed(c) && !isoverlong(c) && (u = _decode(_char_bits(c)); u <= 0x10ffff && u >> 11 != 0x1b)
isvalid(::Type{Char}, c::Char) = isvalid(c)
isvalid(::Type{Char}, n::Integer) = 0 <= n <= 0xd7ff || 0xe000 <= n <= 0x10ffff
ncodeunits(c::Char) = (u = _char_bits(c); u << 8 == 0 ? 1 : u << 16 == 0 ? 2 : u << 24 == 0 ? 3 : 4)
export AbstractChar, Char, codepoint, ismalformed, isoverlong, isvalid, ncodeunits

# `Int(c)` and its like; a malformed character has no number.
(::Type{T})(c::AbstractChar) where {T<:Number} = T(codepoint(c))
UInt32(c::Char) = codepoint(c)
convert(::Type{T}, c::AbstractChar) where {T<:Number} = T(c)
convert(::Type{AbstractChar}, x::Number) = Char(x)
convert(::Type{Char}, x::Number) = Char(x)
convert(::Type{T}, c::T) where {T<:AbstractChar} = c
convert(::Type{T}, c::AbstractChar) where {T<:AbstractChar} = T(c)
rem(c::AbstractChar, ::Type{T}) where {T<:Integer} = rem(codepoint(c), T)
typemin(::Type{Char}) = _char_from_bits(0x00000000)
typemax(::Type{Char}) = _char_from_bits(0xffffffff)
sizeof(c::Char) = 4

==(x::Char, y::Char) = _char_bits(x) == _char_bits(y)
isless(x::Char, y::Char) = _char_bits(x) < _char_bits(y)
<(x::Char, y::Char) = _char_bits(x) < _char_bits(y)
<=(x::Char, y::Char) = _char_bits(x) <= _char_bits(y)
==(x::AbstractChar, y::AbstractChar) = Char(x) == Char(y)
isless(x::AbstractChar, y::AbstractChar) = isless(Char(x), Char(y))
in(x::AbstractChar, y::AbstractChar) = x == y
-(x::AbstractChar, y::AbstractChar) = Int(x) - Int(y)
+(x::Char, y::Integer) = Char(UInt32(Int32(x) + Int32(y)))
-(x::Char, y::Integer) = Char(UInt32(Int32(x) - Int32(y)))
+(x::Integer, y::Char) = y + x

import .Broadcast: broadcastable
# A character is a collection of itself.
size(c::AbstractChar) = ()
size(c::AbstractChar, d::Integer) = d < 1 ? throw(BoundsError()) : 1
ndims(c::AbstractChar) = 0
ndims(::Type{<:AbstractChar}) = 0
length(c::AbstractChar) = 1
isempty(c::AbstractChar) = false
firstindex(c::AbstractChar) = 1
lastindex(c::AbstractChar) = 1
getindex(c::AbstractChar) = c
getindex(c::AbstractChar, i::Integer) = i == 1 ? c : throw(BoundsError(c, i))
first(c::AbstractChar) = c
last(c::AbstractChar) = c
eltype(::Type{T}) where {T<:AbstractChar} = T
iterate(c::AbstractChar, done=false) = done ? nothing : (c, true)
IteratorSize(::Type{<:AbstractChar}) = HasShape{0}()
keys(c::AbstractChar) = OneTo(1)
broadcastable(c::AbstractChar) = Ref(c)

# utf8proc's numbers: 1 Lu 2 Ll 3 Lt 4 Lm 5 Lo 6 Mn 7 Mc 8 Me 9 Nd 10 Nl 11 No 12 Pc ... 18 Po 19 Sm ... 22 So 23 Zs.
_category(c::Char) = ismalformed(c) ? Int32(31) : ccall(:jl_char_category, Cint, (UInt32,), _decode(_char_bits(c)))
_category(c::AbstractChar) = _category(Char(c))
@inline _is_ascii(c::Char) = _char_bits(c) < 0x80000000
isascii(c::Char) = _is_ascii(c)
isascii(c::AbstractChar) = codepoint(c) < 0x80
isdigit(c::AbstractChar) = '0' <= c <= '9'
isxdigit(c::AbstractChar) = '0' <= c <= '9' || 'a' <= c <= 'f' || 'A' <= c <= 'F'
isletter(c::AbstractChar) = isascii(c) ? 'a' <= c <= 'z' || 'A' <= c <= 'Z' : 1 <= _category(c) <= 5
isnumeric(c::AbstractChar) = isascii(c) ? isdigit(c) : 9 <= _category(c) <= 11
function isuppercase(c::AbstractChar)
    isascii(c) && return 'A' <= c <= 'Z'
    return !ismalformed(c) && ccall(:jl_char_is_upper, Cint, (UInt32,), codepoint(c)) != 0
end
function islowercase(c::AbstractChar)
    isascii(c) && return 'a' <= c <= 'z'
    return !ismalformed(c) && ccall(:jl_char_is_lower, Cint, (UInt32,), codepoint(c)) != 0
end
iscased(c::AbstractChar) = isuppercase(c) || islowercase(c) || _category(c) == 3
isspace(c::AbstractChar) = c == ' ' || '\t' <= c <= '\r' || c == '\u85' || ('\ua0' <= c && _category(c) == 23)
iscntrl(c::AbstractChar) = c <= '\x1f' || '\x7f' <= c <= '\u9f'
ispunct(c::AbstractChar) = 12 <= _category(c) <= 18
isprint(c::AbstractChar) = isascii(c) ? ' ' <= c <= '~' : 1 <= _category(c) <= 23
_is_assigned(c::AbstractChar) = !(_category(c) in (0, 31))
function uppercase(c::Char)
    _is_ascii(c) && return 'a' <= c <= 'z' ? c - 32 : c
    return ismalformed(c) ? c : Char(ccall(:jl_char_upper, UInt32, (UInt32,), codepoint(c)))
end
function lowercase(c::Char)
    _is_ascii(c) && return 'A' <= c <= 'Z' ? c + 32 : c
    return ismalformed(c) ? c : Char(ccall(:jl_char_lower, UInt32, (UInt32,), codepoint(c)))
end
function titlecase(c::Char)
    _is_ascii(c) && return 'a' <= c <= 'z' ? c - 32 : c
    return ismalformed(c) ? c : Char(ccall(:jl_char_title, UInt32, (UInt32,), codepoint(c)))
end
textwidth(c::Char) = _is_ascii(c) ? (' ' <= c <= '~' ? 1 : 0) :
    ismalformed(c) ? 1 : Int(ccall(:jl_char_width, Cint, (UInt32,), codepoint(c)))
export isascii, isdigit, isxdigit, isletter, isnumeric, isuppercase, islowercase, isspace, iscntrl, ispunct, isprint,
    uppercase, lowercase, titlecase, textwidth

# What show of a Char in the REPL says of its category.
function category_abbrev(c::AbstractChar)
    n = _category(c)
    return n == 31 ? "Ma" : ccall(:jl_char_category_name, Any, (UInt32,), codepoint(c))::String
end
function category_string(c::AbstractChar)
    names = ("Other, not assigned", "Letter, uppercase", "Letter, lowercase", "Letter, titlecase", "Letter, modifier",
        "Letter, other", "Mark, nonspacing", "Mark, spacing combining", "Mark, enclosing", "Number, decimal digit",
        "Number, letter", "Number, other", "Punctuation, connector", "Punctuation, dash", "Punctuation, open",
        "Punctuation, close", "Punctuation, initial quote", "Punctuation, final quote", "Punctuation, other",
        "Symbol, math", "Symbol, currency", "Symbol, modifier", "Symbol, other", "Separator, space", "Separator, line",
        "Separator, paragraph", "Other, control", "Other, format", "Other, surrogate", "Other, private use",
        "Invalid, too high", "Malformed, bad data")
    return names[Int(_category(c)) + 1]
end
