# SPDX-License-Identifier: MIT
# Numbers from text and text from numbers.

_digit_value(c::Char, base::Int) = '0' <= c <= '9' ? c - '0' :
    base <= 36 ? ('a' <= c <= 'z' ? c - 'a' + 10 : 'A' <= c <= 'Z' ? c - 'A' + 10 : base) :
    'A' <= c <= 'Z' ? c - 'A' + 10 : 'a' <= c <= 'z' ? c - 'a' + 36 : base
function _check_base(base)
    2 <= base <= 62 || throw(ArgumentError("invalid base: base must be 2 ≤ base ≤ 62, got $base"))
    return Int(base)
end
_skip_space(s::_Utf8, i::Int) = (while i <= ncodeunits(s) && isspace(s[i]); i = nextind(s, i); end; i)

# Sign, base prefix and where the digits begin. `base` 0: from the prefix, else 10.
function _number_start(s::_Utf8, i::Int, base::Int)
    n = ncodeunits(s)
    negative = false
    if i <= n && (_byte(s, i) == UInt8('-') || _byte(s, i) == UInt8('+'))
        negative = _byte(s, i) == UInt8('-')
        i += 1
    end
    if base == 0
        base = 10
        if i + 1 <= n && _byte(s, i) == UInt8('0')
            b = _byte(s, i + 1)
            base = b == UInt8('x') ? 16 : b == UInt8('o') ? 8 : b == UInt8('b') ? 2 : 10
            base != 10 && (i += 2)
        end
    end
    return negative, base, i
end

# The value, or `nothing` (with an error when `raise`).
function _parse_int(::Type{T}, s::_Utf8, base::Int, raise::Bool) where {T<:Integer}
    n = ncodeunits(s)
    start = _skip_space(s, 1)
    if start > n
        raise && throw(ArgumentError("input string is empty or only contains whitespace"))
        return nothing
    end
    negative, base, i = _number_start(s, start, base)
    if i > n || isspace(s[i])
        raise && throw(ArgumentError("premature end of integer: $(repr(s))"))
        return nothing
    end
    value = zero(T)
    factor = base % T
    overflow = false
    while i <= n
        c = s[i]
        d = _digit_value(c, base)
        if d >= base
            isspace(c) && break
            raise && throw(ArgumentError("invalid base $base digit $(repr(c)) in $(repr(String(s)))"))
            return nothing
        end
        value, o1 = Checked.mul_with_overflow(value, factor)
        value, o2 = negative ? Checked.sub_with_overflow(value, d % T) : Checked.add_with_overflow(value, d % T)
        overflow = overflow | o1 | o2
        i = nextind(s, i)
    end
    rest = _skip_space(s, i)
    if rest <= n
        raise && throw(ArgumentError("extra characters after whitespace in $(repr(String(s)))"))
        return nothing
    end
    if overflow
        raise && throw(OverflowError("overflow: $(repr(String(s)))"))
        return nothing
    end
    return value
end
function _parse_bool(s::_Utf8, raise::Bool)
    t = strip(s)
    t == "true" && return true
    t == "false" && return false
    t == "1" && return true
    t == "0" && return false
    raise && isempty(t) && throw(ArgumentError("input string is empty or only contains whitespace"))
    raise && throw(ArgumentError("invalid Bool representation: $(repr(String(s)))"))
    return nothing
end
parse(::Type{T}, s::AbstractString; base::Union{Nothing,Integer}=nothing) where {T<:Integer} =
    _parse_int(T, s isa _Utf8 ? s : String(s), base === nothing ? 0 : _check_base(base), true)::T
tryparse(::Type{T}, s::AbstractString; base::Union{Nothing,Integer}=nothing) where {T<:Integer} =
    _parse_int(T, s isa _Utf8 ? s : String(s), base === nothing ? 0 : _check_base(base), false)
parse(::Type{Bool}, s::AbstractString; base::Union{Nothing,Integer}=nothing) = _parse_bool(String(s), true)::Bool
tryparse(::Type{Bool}, s::AbstractString; base::Union{Nothing,Integer}=nothing) = _parse_bool(String(s), false)
parse(::Type{Integer}, s::AbstractString; base=nothing) = parse(Int, s; base=base)
function parse(::Type{T}, c::AbstractChar; base::Integer=10) where {T<:Integer}
    b = _check_base(base)
    d = _digit_value(Char(c), b)
    d < b || throw(ArgumentError("invalid base $b digit $(repr(c))"))
    return convert(T, d)
end
function tryparse(::Type{T}, c::AbstractChar; base::Integer=10) where {T<:Integer}
    d = _digit_value(Char(c), _check_base(base))
    return d < base ? convert(T, d) : nothing
end

function _parse_float(::Type{Float64}, s::_Utf8)
    t = strip(s)
    out = RefValue{Float64}(0.0)
    ok = ccall(:jl_parse_float64, Cint, (Ptr{UInt8}, Csize_t, Ptr{Cdouble}), pointer(t), ncodeunits(t), out)
    return ok == 1 ? out.x : nothing
end
function _parse_float(::Type{Float32}, s::_Utf8)
    t = strip(s)
    out = RefValue{Float32}(0.0f0)
    ok = ccall(:jl_parse_float32, Cint, (Ptr{UInt8}, Csize_t, Ptr{Cfloat}), pointer(t), ncodeunits(t), out)
    return ok == 1 ? out.x : nothing
end
_parse_float(::Type{Float16}, s::_Utf8) = (x = _parse_float(Float64, s); x === nothing ? nothing : Float16(x))
tryparse(::Type{T}, s::AbstractString) where {T<:Union{Float16,Float32,Float64}} = _parse_float(T, s isa _Utf8 ? s : String(s))
tryparse(::Type{AbstractFloat}, s::AbstractString) = tryparse(Float64, s)
function parse(::Type{T}, s::AbstractString) where {T<:AbstractFloat}
    x = tryparse(T, s)
    x === nothing && throw(ArgumentError("cannot parse $(repr(String(s))) as $T"))
    return x
end
parse(::Type{T}, s::AbstractString) where {T<:AbstractString} = convert(T, s)
parse(::Type{T}, s::AbstractString) where {T>:Nothing} = parse(nonnothingtype(T), s)
export parse, tryparse

# --- Integers as text
string(x::Int64) = ccall(:jl_int_string, Any, (Int64,), x)::String
string(x::Union{Int8,Int16,Int32,UInt8,UInt16,UInt32}) = string(Int64(x))
string(x::Union{UInt64,Int128,UInt128}) = _digits_string(x, 10, 1)
_unsigned_abs(x::Unsigned) = x
_unsigned_abs(x::Signed) = x < 0 ? unsigned(-x) : unsigned(x)
_unsigned_abs(x::Bool) = UInt(x)
# Digits from the last one up; lower case up to base 36, as in Julia.
function _digits_string(x::Integer, base::Int, pad::Int)
    rest = _unsigned_abs(x)
    b = oftype(rest, base)
    n = max(pad, ndigits(rest; base=base))
    negative = x < 0
    out = _string_alloc(n + negative)
    p = pointer(out)
    negative && unsafe_store!(p, UInt8('-'), 1)
    for i in n+negative:-1:1+negative
        d = Int(rem(rest, b))
        rest = div(rest, b)
        digit = base <= 36 && d >= 10 ? UInt8(d + 87) : codeunit("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", d + 1)
        unsafe_store!(p, digit, i)
    end
    return out
end
function string(x::Integer; base::Integer=10, pad::Integer=1)
    base == 10 && pad <= 1 && x isa Union{Int64,Int32,Int16,Int8,UInt8,UInt16,UInt32} && return string(Int64(x))
    2 <= abs(base) <= 62 || throw(DomainError(base, "base must satisfy 2 ≤ abs(base) ≤ 62"))
    return base < 0 ? _negative_base_string(x, Int(base), Int(pad)) : _digits_string(x, Int(base), Int(pad))
end
string(x::Bool; base::Integer=10, pad::Integer=1) = base == 10 && pad <= 1 ? (x ? "true" : "false") : string(Int(x); base=base, pad=pad)
function _negative_base_string(x::Integer, base::Int, pad::Int)
    ds = digits(x; base=base, pad=pad)
    return String(UInt8[d < 10 ? UInt8(48 + d) : base >= -36 ? UInt8(87 + d) : d < 36 ? UInt8(55 + d) : UInt8(61 + d) for d in reverse(ds)])
end
string(x::Float64) = ccall(:jl_float64_string, Any, (Float64,), x)::String
bin(x::Unsigned, n::Int) = _digits_string(x, 2, n)
bitstring(x::Union{Bool,Int8,UInt8}) = bin(reinterpret(UInt8, x), 8)
bitstring(x::Union{Int16,UInt16,Float16}) = bin(reinterpret(UInt16, x), 16)
bitstring(x::Union{Int32,UInt32,Float32,Char}) = bin(reinterpret(UInt32, x), 32)
bitstring(x::Union{Int64,UInt64,Float64,Ptr}) = bin(reinterpret(UInt64, x), 64)
bitstring(x::Union{Int128,UInt128}) = bin(reinterpret(UInt128, x), 128)
export bitstring
