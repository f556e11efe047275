# SPDX-License-Identifier: MIT
# Functions that lowered code calls by name and nobody else does.

# Keywords given that a method does not take.
diff_names(::Tuple{}, known::Tuple) = ()
diff_names(given::Tuple, known::Tuple) =
    _is_known(given[1], known) ? diff_names(tail(given), known) : (given[1], diff_names(tail(given), known)...)
_is_known(name, ::Tuple{}) = false
_is_known(name, known::Tuple) = name === known[1] || _is_known(name, tail(known))

# `a..., b, c = x`: what comes before the last `n` items, and those.
split_rest(t::Tuple, n::Int, i::Int=1) = (t[i:end-n], t[end-n+1:end])
function split_rest(itr, n::Int, state...)
    if itr isa AbstractString
        rest = isempty(state) ? itr : SubString(itr, state[1])
        at = prevind(rest, ncodeunits(rest) + 1, n)
        return (String(_slice(rest, 1, at - 1)), Tuple(_slice(rest, at, ncodeunits(rest))))
    end
    items = isempty(state) ? collect(itr) : collect(Iterators.rest(itr, state...))
    length(items) < n && throw(ArgumentError("The iterator does not contain enough elements for the given variables."))
    return (items[1:end-n], Tuple(items[end-n+1:end]))
end

# `.+` as a value, and broadcast calls with keywords.
struct BroadcastFunction{F} <: Function
    f::F
end
(op::BroadcastFunction)(args...; kwargs...) = broadcast(op.f, args...; kwargs...)
broadcasted_kwsyntax(f, args...; kwargs...) = broadcasted((xs...) -> f(xs...; kwargs...), args...)

# The keywords of a call that passes on what it was given itself, f(; kw...): their names are in the type.
merge(a::NamedTuple, b::Iterators.Pairs{<:Any,<:Any,<:Any,<:NamedTuple}) = merge(a, b.data)
