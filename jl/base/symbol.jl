# SPDX-License-Identifier: MIT
# Symbols from text, and text from anything: string(...), print to a string.

Symbol(s::Symbol) = s
Symbol(s::String) = ccall(:jl_symbol, Any, (Ptr{UInt8}, Csize_t), pointer(s), ncodeunits(s))::Symbol
Symbol(s::AbstractString) = Symbol(String(s))
Symbol(parts...) = Symbol(string(parts...))
isless(a::Symbol, b::Symbol) = isless(String(a), String(b))
<(a::Symbol, b::Symbol) = isless(a, b)
length(s::Symbol) = length(String(s))
gensym() = gensym("")
gensym(s::Union{String,Symbol}) = ccall(:jl_gensym, Any, (Any, Any), String(s), Main)::Symbol
gensym(a::String, b::String, rest::String...) = map(gensym, (a, b, rest...))
export Symbol, gensym

# Code as data.
function Core.Expr(head::Symbol, @nospecialize(args...))
    list = Any[]
    for a in args
        push!(list, a)
    end
    return ccall(:jl_new_expr, Any, (Any, Any), head, list)::Expr
end

string() = ""
string(s::String) = s
string(s::SubString{String}) = String(s)
string(s::AbstractString) = s
string(s::Symbol) = String(s)
string(a::_Utf8, rest::_Utf8...) = *(a, rest...)
function string(c::Char)
    n = ncodeunits(c)
    out = _string_alloc(n)
    _store_char!(pointer(out), c, n)
    return out
end
@inline function _store_char!(p::Ptr{UInt8}, c::Char, n::Int)
    u = _char_bits(c)
    unsafe_store!(p, (u >> 24) % UInt8, 1)
    n > 1 && unsafe_store!(p, (u >> 16) % UInt8, 2)
    n > 2 && unsafe_store!(p, (u >> 8) % UInt8, 3)
    n > 3 && unsafe_store!(p, u % UInt8, 4)
    return nothing
end
# Few values are joined from their texts: what a string of some `$x` needs most. Pieces that are text already are not copied.
_piece(s::_Utf8) = s
_piece(x::Int64) = string(x)
function _piece(x)
    io = IOBuffer()
    print(io, x)
    return _take_string!(io)
end
_piece(c::Char) = string(c)
string(a, b) = *(_piece(a), _piece(b))
string(a, b, c) = *(_piece(a), _piece(b), _piece(c))
string(a, b, c, d) = *(_piece(a), _piece(b), _piece(c), _piece(d))
string(a, b, c, d, e) = *(_piece(a), _piece(b), _piece(c), _piece(d), _piece(e))
string(a::_Utf8, b::_Utf8) = *(a, b)
string(a::_Utf8, b::_Utf8, c::_Utf8) = *(a, b, c)
string(a::_Utf8, b::_Utf8, c::_Utf8, d::_Utf8) = *(a, b, c, d)
string(a::_Utf8, b::_Utf8, c::_Utf8, d::_Utf8, e::_Utf8) = *(a, b, c, d, e)
function string(xs...)
    io = IOBuffer()
    for x in xs
        print(io, x)
    end
    return _take_string!(io)
end
print_to_string(xs...) = string(xs...)
export string
