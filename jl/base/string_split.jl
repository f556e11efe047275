# SPDX-License-Identifier: MIT
# split, rsplit, join, replace.

struct EachSplit{S<:AbstractString,D}
    string::S
    delimiter::D
    limit::Int
    keepempty::Bool
end
eltype(::Type{<:EachSplit{S}}) where {S<:AbstractString} = SubString{S}
eltype(::Type{<:EachSplit{SubString{S}}}) where {S} = SubString{S}
IteratorSize(::Type{<:EachSplit}) = SizeUnknown()
eachsplit(s::AbstractString, delimiter; limit::Integer=0, keepempty::Bool=true) =
    EachSplit(s, delimiter, Int(limit), keepempty)
eachsplit(s::AbstractString; limit::Integer=0, keepempty::Bool=false) = EachSplit(s, isspace, Int(limit), keepempty)

# State: where the next piece begins, where to search for its end, how many pieces were given.
function iterate(e::EachSplit, state::Tuple{Int,Int,Int}=(1, 1, 0))
    s = e.string
    n = ncodeunits(s)
    from, search, given = state
    from > n + 1 && return nothing
    while given != e.limit - 1 && search <= n
        j, after = _match(e.delimiter, s, search)
        (j == 0 || j > n) && break
        search = after > j ? after : nextind(s, j)
        if from < after
            piece_from = from
            from = after
            (e.keepempty || piece_from < j) && return (_slice(s, piece_from, j - 1), (after, search, given + 1))
        end
    end
    e.keepempty || from <= n || return nothing
    return (_slice(s, from, n == 0 ? 0 : n), (n + 2, search, given + 1))
end

_piece_type(s::SubString{T}) where {T} = SubString{T}
_piece_type(s::T) where {T<:AbstractString} = SubString{T}
function _split(s::AbstractString, delimiter, limit::Int, keepempty::Bool)
    pieces = Vector{_piece_type(s)}()
    for piece in EachSplit(s, delimiter, limit, keepempty)
        push!(pieces, piece)
    end
    return pieces
end
split(s::AbstractString, delimiter; limit::Integer=0, keepempty::Bool=true) = _split(s, delimiter, Int(limit), keepempty)
split(s::AbstractString; limit::Integer=0, keepempty::Bool=false) = _split(s, isspace, Int(limit), keepempty)

# From the right: where delimiters lie is found from the left, but the limit counts from the end.
function rsplit(s::AbstractString, delimiter; limit::Integer=0, keepempty::Bool=true)
    pieces = Vector{_piece_type(s)}()
    ends = Tuple{Int,Int}[]
    i = 1
    while i <= ncodeunits(s)
        j, after = _match(delimiter, s, i)
        (j == 0 || j > ncodeunits(s)) && break
        after > j && push!(ends, (j, after))
        after == j && j > 1 && push!(ends, (j, after))
        i = after > j ? after : nextind(s, j)
    end
    stop = ncodeunits(s)
    for k in length(ends):-1:1
        length(pieces) == limit - 1 && break
        j, after = ends[k]
        (keepempty || after <= stop) && pushfirst!(pieces, _slice(s, after, stop))
        stop = j - 1
    end
    (keepempty || stop > 0) && pushfirst!(pieces, _slice(s, 1, stop))
    return pieces
end
rsplit(s::AbstractString; limit::Integer=0, keepempty::Bool=false) = rsplit(s, isspace; limit=limit, keepempty=keepempty)
# The same from the end to the beginning.
eachrsplit(s::AbstractString, delimiter; kw...) = Iterators.reverse(rsplit(s, delimiter; kw...))
eachrsplit(s::AbstractString; kw...) = Iterators.reverse(rsplit(s; kw...))
export split, rsplit, eachsplit, eachrsplit

function join(io::IO, items, delimiter, last_delimiter)
    isfirst = true
    next = iterate(items)
    while next !== nothing
        item, state = next
        next = iterate(items, state)
        isfirst || print(io, next === nothing ? last_delimiter : delimiter)
        isfirst = false
        print(io, item)
    end
    return nothing
end
function join(io::IO, items, delimiter="")
    isfirst = true
    for item in items
        isfirst || print(io, delimiter)
        isfirst = false
        print(io, item)
    end
    return nothing
end
function join(items)
    io = IOBuffer()
    join(io, items)
    return _take_string!(io)
end
function join(items, delimiter)
    io = IOBuffer()
    join(io, items, delimiter)
    return _take_string!(io)
end
function join(items, delimiter, last_delimiter)
    io = IOBuffer()
    join(io, items, delimiter, last_delimiter)
    return _take_string!(io)
end
export join

# --- replace
# What a pattern's matches hand to a replacement function: characters for patterns of characters, else strings.
_is_char_pattern(pattern) = pattern isa AbstractChar || pattern isa Function || pattern isa _CharSet
_print_replacement(io::IO, new, s, from, after, pattern) = print(io, new)
function _print_replacement(io::IO, new::Union{Function,Type}, s, from, after, pattern)
    if _is_char_pattern(pattern)
        print(io, new(s[from]))
    else
        print(io, new(after > from ? SubString(s, from, prevind(s, after)) : SubString(s, 1, 0)))
    end
    return nothing
end
_next_matches(patterns::Tuple{}, s, search) = ()
_next_matches(patterns::Tuple, s, search) = (_match(patterns[1].first, s, search), _next_matches(tail(patterns), s, search)...)
# Brings up to date those matches that begin before `search`.
_refresh(::Tuple{}, ::Tuple{}, s, search) = ()
function _refresh(patterns::Tuple, matches::Tuple, s, search)
    m = matches[1]
    fresh = m[1] == 0 || m[1] >= search ? m : _match(patterns[1].first, s, search)
    return (fresh, _refresh(tail(patterns), tail(matches), s, search)...)
end
# Prints what replaces match number `which`.
_replace_nth(io, ::Tuple{}, which, s, from, after) = nothing
_replace_nth(io, patterns::Tuple, which, s, from, after) =
    which == 1 ? _print_replacement(io, patterns[1].second, s, from, after, patterns[1].first) :
    _replace_nth(io, tail(patterns), which - 1, s, from, after)

_prepare_pattern(p::Pair) = p.first isa Union{AbstractString,AbstractChar,Function,_CharSet} ? p : _prepare_pattern(p.first, p)
_prepare_pattern(x, p::Pair) = p
function replace(io::IO, s::AbstractString, pairs::Pair...; count::Integer=typemax(Int))
    count < 0 && throw(DomainError(count, "`count` must be non-negative."))
    patterns = map(_prepare_pattern, pairs)
    text = s isa _Utf8 ? s : String(s)
    n = ncodeunits(text)
    written, search, done = 1, 1, 0
    matches = _next_matches(patterns, text, 1)
    while done < count
        which, from, after = 0, 0, 0
        k = 0
        for m in matches
            k += 1
            if m[1] != 0 && (which == 0 || m[1] < from)
                which, from, after = k, m[1], m[2]
            end
        end
        which == 0 && break
        # An empty match right behind a replaced one is none.
        if !(after == from && from == written && written != 1 && search == written && done > 0)
            from > written && write(io, _slice(text, written, from - 1))
            _replace_nth(io, patterns, which, text, from, after)
            written = after
            done += 1
        end
        if after > from
            search = after
        else
            from > n && break
            search = nextind(text, from)
        end
        search > n + 1 && break
        matches = _refresh(patterns, matches, text, search)
    end
    written <= n && write(io, _slice(text, written, n))
    return io
end
function replace(s::AbstractString, pairs::Pair...; count::Integer=typemax(Int))
    isempty(pairs) && return String(s)
    io = IOBuffer()
    replace(io, s, pairs...; count=count)
    return _take_string!(io)
end
export replace
