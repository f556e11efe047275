# SPDX-License-Identifier: MIT
# Pair: `a => b`.

struct Pair{A,B}
    first::A
    second::B
    Pair{A,B}(a, b) where {A,B} = new(a, b)
    Pair(a::A, b::B) where {A,B} = new{A,B}(a, b)
end
const => = Pair
iterate(p::Pair, i=1) = i == 1 ? (p.first, 2) : i == 2 ? (p.second, 3) : nothing
indexed_iterate(p::Pair, i::Int, state=1) = (getfield(p, i), i + 1)
getindex(p::Pair, i::Int) = getfield(p, i)
firstindex(p::Pair) = 1
lastindex(p::Pair) = 2
length(p::Pair) = 2
first(p::Pair) = p.first
last(p::Pair) = p.second
eltype(::Type{Pair{A,B}}) where {A,B} = Union{A,B}
reverse(p::Pair) = p.second => p.first
isless(p::Pair, q::Pair) = isless(p.first, q.first) || (isequal(p.first, q.first) && isless(p.second, q.second))
==(p::Pair, q::Pair) = p.first == q.first && p.second == q.second
isequal(p::Pair, q::Pair) = isequal(p.first, q.first) && isequal(p.second, q.second)
convert(::Type{Pair{A,B}}, p::Pair{A,B}) where {A,B} = p
convert(::Type{Pair{A,B}}, p::Pair) where {A,B} = Pair{A,B}(convert(A, p.first), convert(B, p.second))
promote_rule(::Type{Pair{A1,B1}}, ::Type{Pair{A2,B2}}) where {A1,B1,A2,B2} = Pair{promote_type(A1, A2),promote_type(B1, B2)}
export Pair, =>
