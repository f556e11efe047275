# SPDX-License-Identifier: MIT
# @printf and @sprintf: C's formats over the language's values.
module Printf
export @printf, @sprintf

struct Spec
    flags::String
    width::Int       # -1 none, -2 from an argument
    precision::Int   # the same
    conversion::Char
end
# A macro puts it into the caller's code: nothing in it can change, so that this code is the same in every session.
struct Format
    parts::Core.SimpleVector # Strings and Specs
end
struct InvalidFormatStringError <: Exception
    message::String
end
Base.showerror(io::IO, e::InvalidFormatStringError) = print(io, "InvalidFormatStringError: ", e.message)

# "%5.2f" and the like, read once when the macro is expanded.
function Format(text::AbstractString)
    parts = Any[]
    literal = IOBuffer()
    s = String(text)
    n = ncodeunits(s)
    i = 1
    while i <= n
        c, i = iterate(s, i)
        if c != '%'
            print(literal, c)
        elseif i <= n && s[i] == '%'
            print(literal, '%')
            i += 1
        else
            before = String(take!(literal))
            isempty(before) || push!(parts, before)
            spec, i = _read_spec(s, i)
            push!(parts, spec)
        end
    end
    rest = String(take!(literal))
    isempty(rest) || push!(parts, rest)
    return Format(Core.svec(parts...))
end
function _read_spec(s::String, i::Int)
    n = ncodeunits(s)
    fail() = throw(InvalidFormatStringError("incomplete format specifier at the end of \"$s\""))
    start = i
    while i <= n && s[i] in ('-', '+', ' ', '0', '#')
        i += 1
    end
    flags = s[start:i-1]
    i <= n || fail()
    width, i = _read_number(s, i)
    precision = -1
    if i <= n && s[i] == '.'
        precision, i = _read_number(s, i + 1)
        precision == -1 && (precision = 0)
    end
    while i <= n && s[i] in ('h', 'l', 'L', 'q', 'j', 'z', 't')
        i += 1
    end
    i <= n || fail()
    conversion = s[i]
    conversion in ('d', 'i', 'u', 'x', 'X', 'o', 'e', 'E', 'f', 'F', 'g', 'G', 'a', 'A', 'c', 's', 'p', 'n', 'D', 'O', 'U') ||
        throw(InvalidFormatStringError("'$conversion' is not a valid type specifier"))
    return Spec(flags, width, precision, conversion), i + 1
end
function _read_number(s::String, i::Int)
    i <= ncodeunits(s) && s[i] == '*' && return -2, i + 1
    start = i
    while i <= ncodeunits(s) && isdigit(s[i])
        i += 1
    end
    return i == start ? (-1, i) : (parse(Int, s[start:i-1]), i)
end
count_arguments(f::Format) = sum(p -> p isa Spec ? 1 + (p.width == -2) + (p.precision == -2) : 0, f.parts; init=0)

_has(spec::Spec, c::Char) = c in spec.flags
function _pad(io::IO, sign::AbstractString, body::AbstractString, spec::Spec, width::Int, zeros::Bool)
    missing_width = width - textwidth(sign) - textwidth(body)
    if missing_width <= 0
        print(io, sign, body)
    elseif _has(spec, '-')
        print(io, sign, body, repeat(" ", missing_width))
    elseif zeros
        print(io, sign, repeat("0", missing_width), body)
    else
        print(io, repeat(" ", missing_width), sign, body)
    end
end
_sign(spec::Spec, negative::Bool) = negative ? "-" : _has(spec, '+') ? "+" : _has(spec, ' ') ? " " : ""
function _print_integer(io::IO, spec::Spec, width::Int, precision::Int, x)
    c = spec.conversion
    n = x isa Integer ? x : x isa Real && isinteger(x) ? Integer(x) : x isa AbstractFloat ? (isfinite(x) ? round(Int128, x) : x) : x
    n isa AbstractFloat && return _print_float(io, Spec(spec.flags, spec.width, -1, 'f'), width, -1, x)
    n isa Integer || throw(ArgumentError("invalid type for integer conversion: $(typeof(x))"))
    base = c in ('x', 'X') ? 16 : c in ('o', 'O') ? 8 : 10
    body = string(base == 10 || !(n isa Base.BitSigned) ? Base._unsigned_abs(n) : (n < 0 ? Base._unsigned_abs(n) : unsigned(n)); base=base)
    c == 'X' && (body = uppercase(body))
    precision >= 0 && (body = lpad(body, precision, '0'))
    prefix = _sign(spec, n < 0)
    _has(spec, '#') && base == 16 && (prefix = string(prefix, c == 'X' ? "0X" : "0x"))
    _has(spec, '#') && base == 8 && !startswith(body, '0') && (body = string("0", body))
    _pad(io, prefix, body, spec, width, _has(spec, '0') && precision < 0)
end
function _c_format(conversion::Char, precision::Int, x::Float64)
    room = 512
    while true
        out = Base._string_alloc(room)
        n = Int(ccall(:jl_format_float, Cint, (Ptr{UInt8}, Csize_t, UInt8, Cint, Cdouble), pointer(out), room, UInt8(conversion), precision, x))
        n < room && return Base._string_from_pointer(pointer(out), n)
        room = n + 1
    end
end
function _print_float(io::IO, spec::Spec, width::Int, precision::Int, value)
    x = Float64(value)
    if !isfinite(x)
        return _pad(io, _sign(spec, x < 0), isnan(x) ? "NaN" : "Inf", spec, width, false)
    end
    body = _c_format(spec.conversion, precision, abs(x))
    _has(spec, '#') && !('.' in body) && spec.conversion in ('f', 'F') && (body = string(body, "."))
    _pad(io, _sign(spec, signbit(x)), body, spec, width, _has(spec, '0'))
end
function _print_one(io::IO, spec::Spec, width::Int, precision::Int, x)
    c = spec.conversion
    if width < -1
        throw(ArgumentError("negative width"))
    end
    if c in ('d', 'i', 'u', 'x', 'X', 'o', 'D', 'U', 'O')
        _print_integer(io, spec, width, precision, x)
    elseif c in ('e', 'E', 'f', 'F', 'g', 'G', 'a', 'A')
        _print_float(io, spec, width, precision, x)
    elseif c == 'c'
        _pad(io, "", string(x isa Integer ? Char(x) : x isa AbstractString ? first(x) : x), spec, width, false)
    elseif c == 'p'
        _pad(io, "", string("0x", string(UInt(x); base=16, pad=16)), spec, width, false)
    else
        text = _has(spec, '#') ? repr(x) : string(x)
        precision >= 0 && (text = first(text, precision))
        _pad(io, "", text, spec, width, false)
    end
end
function format(io::IO, f::Format, args...)
    length(args) == count_arguments(f) || throw(ArgumentError("mismatch between # of format specifiers and provided args: $(count_arguments(f)) != $(length(args))"))
    k = 0
    for part in f.parts
        if part isa String
            print(io, part)
        else
            spec = part::Spec
            width, precision = spec.width, spec.precision
            if width == -2
                width = Int(args[k+=1])
                if width < 0
                    spec = Spec(string(spec.flags, '-'), spec.width, spec.precision, spec.conversion)
                    width = -width
                end
            end
            precision == -2 && (precision = Int(args[k+=1]))
            _print_one(io, spec, width, precision, args[k+=1])
        end
    end
    return nothing
end
format(f::Format, args...) = sprint(format, f, args...)
macro printf(first_arg, rest...)
    if first_arg isa AbstractString
        return :(format(stdout, $(Format(first_arg)), $(map(esc, rest)...)))
    end
    isempty(rest) && throw(ArgumentError("No format string provided to `@printf` - use like `@printf [io] <format string> [<args...>]."))
    rest[1] isa AbstractString || throw(ArgumentError("First argument to `@printf` after `io` must be a format string"))
    return :(format($(esc(first_arg)), $(Format(rest[1])), $(map(esc, rest[2:end])...)))
end
macro sprintf(text, args...)
    text isa AbstractString || throw(ArgumentError("First argument to `@sprintf` must be a format string"))
    return :(format($(Format(text)), $(map(esc, args)...)))
end
macro format_str(text)
    return :(Format($text))
end
(f::Format)(io::IO, args...) = format(io, f, args...)
end
