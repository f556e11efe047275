# SPDX-License-Identifier: MIT
# Normal forms of text, and its characters as a reader counts them.
module Unicode
export graphemes, isequal_normalized
import Base: eltype, length, iterate, ==, show

# Bits of utf8proc.
const _STABLE, _COMPAT, _COMPOSE, _DECOMPOSE, _IGNORE = 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 5
const _REJECTNA, _NLF2LS, _NLF2PS, _STRIPCC, _CASEFOLD, _STRIPMARK = 1 << 6, 1 << 7, 1 << 8, 1 << 9, 1 << 10, 1 << 13
function _map(s::AbstractString, options::Int)
    mapped = ccall(:jl_unicode_map, Any, (Any, Int32), String(s), options)
    return mapped === nothing ? throw(ArgumentError("invalid UTF-8 or Unicode data: $(repr(s))")) : mapped::String
end
function normalize(s::AbstractString, form::Symbol)
    form === :NFC && return _map(s, _STABLE | _COMPOSE)
    form === :NFD && return _map(s, _STABLE | _DECOMPOSE)
    form === :NFKC && return _map(s, _STABLE | _COMPOSE | _COMPAT)
    form === :NFKD && return _map(s, _STABLE | _DECOMPOSE | _COMPAT)
    throw(ArgumentError(":$form is not one of :NFC, :NFD, :NFKC, :NFKD"))
end
function normalize(s::AbstractString; stable::Bool=false, compat::Bool=false, compose::Bool=true, decompose::Bool=false,
    stripignore::Bool=false, rejectna::Bool=false, newline2ls::Bool=false, newline2ps::Bool=false, newline2lf::Bool=false,
    stripcc::Bool=false, casefold::Bool=false, stripmark::Bool=false)
    (compat || stripmark) && !(compose || decompose) && throw(ArgumentError("compat=true or stripmark=true require compose=true or decompose=true"))
    newline2ls + newline2ps + newline2lf > 1 && throw(ArgumentError("only one newline conversion may be specified"))
    options = 0
    for (wanted, bits) in ((stable, _STABLE), (compat, _COMPAT), (decompose, _DECOMPOSE), (compose && !decompose, _COMPOSE),
        (stripignore, _IGNORE), (rejectna, _REJECTNA), (newline2ls, _NLF2LS), (newline2ps, _NLF2PS), (newline2lf, _NLF2LS | _NLF2PS),
        (stripcc, _STRIPCC), (casefold, _CASEFOLD), (stripmark, _STRIPMARK))
        wanted && (options |= bits)
    end
    return _map(s, options)
end
isequal_normalized(a::AbstractString, b::AbstractString; casefold::Bool=false, stripmark::Bool=false) =
    normalize(a; decompose=true, compose=false, casefold=casefold, stripmark=stripmark) ==
    normalize(b; decompose=true, compose=false, casefold=casefold, stripmark=stripmark)

struct GraphemeIterator{S<:AbstractString}
    s::S
end
graphemes(s::AbstractString) = GraphemeIterator{typeof(s)}(s)
graphemes(s::AbstractString, r::AbstractUnitRange) = join(collect(graphemes(s))[r])
eltype(::Type{GraphemeIterator{S}}) where {S} = SubString{S}
eltype(::Type{GraphemeIterator{SubString{S}}}) where {S} = SubString{S}
length(g::GraphemeIterator) = count(_ -> true, g)
Base.IteratorSize(::Type{<:GraphemeIterator}) = Base.SizeUnknown()
==(a::GraphemeIterator, b::GraphemeIterator) = a.s == b.s
Base.hash(g::GraphemeIterator, h::UInt) = hash(g.s, h)
show(io::IO, g::GraphemeIterator) = print(io, "length-", length(g), " GraphemeIterator{", typeof(g.s), "} for \"", g.s, '"')
function iterate(g::GraphemeIterator, from=firstindex(g.s))
    s = g.s
    from > ncodeunits(s) && return nothing
    state = Ref{Int32}(0)
    to = from
    next = nextind(s, from)
    while next <= ncodeunits(s) && !_breaks(s[to], s[next], state)
        to = next
        next = nextind(s, next)
    end
    return SubString(s, from, to), next
end
_breaks(a, b, state) = !isvalid(a) || !isvalid(b) || ccall(:jl_grapheme_break, UInt8, (UInt32, UInt32, Ptr{Int32}), UInt32(a), UInt32(b), state) != 0
isassigned(c::AbstractChar) = Base._is_assigned(c)
end
