# SPDX-License-Identifier: MIT
# Iterators made of iterators.

# What pairs() gives, keyword arguments too.
struct Pairs{K,V,I,A} <: AbstractDict{K,V}
    data::A
    itr::I
end

module Iterators
import Base: iterate, length, size, axes, eltype, IteratorSize, IteratorEltype, HasLength, HasShape, SizeUnknown, IsInfinite, HasEltype,
    EltypeUnknown, isempty, last, first, keys, getindex, Generator, tail, _shape_of, lastindex, firstindex, ndims, Pairs
using Base: OneTo, promote_op, any, all, min, max, prod

# --- enumerate, zip --------------------------------------------------------------------------------------------
struct Enumerate{I}
    itr::I
end
enumerate(itr) = Enumerate(itr)
length(e::Enumerate) = length(e.itr)
size(e::Enumerate) = size(e.itr)
axes(e::Enumerate) = axes(e.itr)
function iterate(e::Enumerate, state=(1,))
    @inline
    i, rest = state[1], tail(state)
    n = iterate(e.itr, rest...)
    n === nothing && return nothing
    return (i, n[1]), (i + 1, n[2])
end
last(e::Enumerate) = (length(e.itr), last(e.itr))
eltype(::Type{Enumerate{I}}) where {I} = Tuple{Int,eltype(I)}
IteratorSize(::Type{Enumerate{I}}) where {I} = IteratorSize(I)
IteratorEltype(::Type{Enumerate{I}}) where {I} = IteratorEltype(I)

struct Zip{Is<:Tuple}
    is::Is
end
zip(a...) = Zip(a)
length(z::Zip) = _zip_length(Base.map(IteratorSize, z.is), z.is)
function _zip_length(sizes, is)
    n = typemax(Int)
    for i in is
        IteratorSize(i) isa IsInfinite || (n = min(n, Int(length(i))))
    end
    return n
end
size(z::Zip) = Base.map(min, Base.map(size, z.is)...)
size(z::Zip{<:Tuple{Any}}) = size(z.is[1])
axes(z::Zip) = axes(z.is[1])
iterate(z::Zip{Tuple{}}) = nothing
function iterate(z::Zip)
    @inline
    return _zip_finish(_zip_first(z.is))
end
function iterate(z::Zip, states)
    @inline
    return _zip_finish(_zip_next(z.is, states))
end
_zip_finish(::Nothing) = nothing
_zip_finish(ns) = (@inline; (Base.map(n -> n[1], ns), Base.map(n -> n[2], ns)))
_zip_first(::Tuple{}) = ()
function _zip_first(is::Tuple)
    @inline
    n = iterate(is[1])
    n === nothing && return nothing
    more = _zip_first(tail(is))
    more === nothing && return nothing
    return (n, more...)
end
_zip_next(::Tuple{}, ::Tuple{}) = ()
function _zip_next(is::Tuple, states::Tuple)
    @inline
    n = iterate(is[1], states[1])
    n === nothing && return nothing
    more = _zip_next(tail(is), tail(states))
    more === nothing && return nothing
    return (n, more...)
end
last(z::Zip) = Base.map(last, z.is)
eltype(::Type{Zip{Is}}) where {Is} = Tuple{Base.map(eltype, fieldtypes(Is))...}
IteratorSize(::Type{Zip{Is}}) where {Is} = _zip_size(Base.map(IteratorSize, fieldtypes(Is)))
IteratorEltype(::Type{Zip{Is}}) where {Is} = all(t -> IteratorEltype(t) isa HasEltype, fieldtypes(Is)) ? HasEltype() : EltypeUnknown()
_zip_size(sizes) = any(s -> s isa SizeUnknown, sizes) ? SizeUnknown() : all(s -> s isa IsInfinite, sizes) ? IsInfinite() :
    length(sizes) > 0 && all(s -> s isa HasShape && s === sizes[1], sizes) ? sizes[1] : HasLength()

# --- filter, flatten, product -------------------------------------------------------------------------------------
struct Filter{F,I}
    flt::F
    itr::I
end
filter(f, itr) = Filter(f, itr)
function iterate(f::Filter, state...)
    y = iterate(f.itr, state...)
    while y !== nothing
        f.flt(y[1]) && return y
        y = iterate(f.itr, y[2])
    end
    return nothing
end
eltype(::Type{Filter{F,I}}) where {F,I} = eltype(I)
IteratorEltype(::Type{Filter{F,I}}) where {F,I} = IteratorEltype(I)
IteratorSize(::Type{<:Filter}) = SizeUnknown()

struct Flatten{I}
    it::I
end
flatten(itr) = Flatten(itr)
flatmap(f, c...) = flatten(map(f, c...))
map(f, c, more...) = Generator(f, c, more...)
function iterate(f::Flatten, state=())
    if state !== ()
        y = iterate(state[1], state[2])
        y !== nothing && return (y[1], (state[1], y[2], state[3]))
        outer = iterate(f.it, state[3])
    else
        outer = iterate(f.it)
    end
    while outer !== nothing
        y = iterate(outer[1])
        y !== nothing && return (y[1], (outer[1], y[2], outer[2]))
        outer = iterate(f.it, outer[2])
    end
    return nothing
end
eltype(::Type{Flatten{I}}) where {I} = eltype(eltype(I))
eltype(::Type{Flatten{Tuple{}}}) = Union{}
IteratorEltype(::Type{Flatten{Tuple{}}}) = HasEltype()
IteratorEltype(::Type{Flatten{I}}) where {I} = IteratorEltype(I) isa HasEltype && isconcretetype(eltype(I)) ? IteratorEltype(eltype(I)) : EltypeUnknown()
IteratorSize(::Type{<:Flatten}) = SizeUnknown()

struct ProductIterator{T<:Tuple}
    iterators::T
end
product(iters...) = ProductIterator(iters)
size(p::ProductIterator) = _product_size(p.iterators)
_product_size(::Tuple{}) = ()
_product_size(t::Tuple) = (_one_size(t[1], IteratorSize(t[1]))..., _product_size(tail(t))...)
_one_size(a, ::HasShape) = size(a)
_one_size(a, s) = (length(a),)
length(p::ProductIterator) = prod(size(p))
ndims(p::ProductIterator) = length(size(p))
axes(p::ProductIterator) = Base.map(n -> OneTo(n), size(p))
eltype(::Type{ProductIterator{T}}) where {T} = Tuple{Base.map(eltype, fieldtypes(T))...}
IteratorEltype(::Type{ProductIterator{T}}) where {T} = all(t -> IteratorEltype(t) isa HasEltype, fieldtypes(T)) ? HasEltype() : EltypeUnknown()
IteratorSize(::Type{ProductIterator{T}}) where {T} = _product_kind(Base.map(IteratorSize, fieldtypes(T)))
_product_kind(sizes) = any(s -> s isa SizeUnknown, sizes) ? SizeUnknown() : any(s -> s isa IsInfinite, sizes) ? IsInfinite() : HasShape{_product_dims(sizes)}()
_product_dims(::Tuple{}) = 0
_product_dims(t::Tuple) = _dims_of(t[1]) + _product_dims(tail(t))
_dims_of(::HasShape{N}) where {N} = N
_dims_of(::HasLength) = 1
iterate(p::ProductIterator{Tuple{}}) = ((), true)
iterate(p::ProductIterator{Tuple{}}, state) = nothing
function iterate(p::ProductIterator)
    states = _product_start(p.iterators)
    states === nothing && return nothing
    return Base.map(s -> s[1], states), states
end
function iterate(p::ProductIterator, states)
    next = _product_next(p.iterators, states)
    next === nothing && return nothing
    return Base.map(s -> s[1], next), next
end
_product_start(::Tuple{}) = ()
function _product_start(is::Tuple)
    n = iterate(is[1])
    more = _product_start(tail(is))
    n === nothing && return nothing
    more === nothing && return nothing
    return (n, more...)
end
_product_next(::Tuple{}, ::Tuple{}) = nothing
function _product_next(is::Tuple, states::Tuple)
    n = iterate(is[1], states[1][2])
    n !== nothing && return (n, tail(states)...)
    more = _product_next(tail(is), tail(states))
    more === nothing && return nothing
    n = iterate(is[1])
    n === nothing && return nothing
    return (n, more...)
end

# --- take, drop, cycle, repeated, ... ------------------------------------------------------------------------------
struct Take{I}
    xs::I
    n::Int
end
take(xs, n::Integer) = n < 0 ? throw(ArgumentError("Take length must be non-negative")) : Take(xs, Int(n))
function iterate(t::Take, state=(t.n,))
    n, rest = state[1], tail(state)
    n <= 0 && return nothing
    y = iterate(t.xs, rest...)
    y === nothing && return nothing
    return y[1], (n - 1, y[2])
end
eltype(::Type{Take{I}}) where {I} = eltype(I)
IteratorEltype(::Type{Take{I}}) where {I} = IteratorEltype(I)
IteratorSize(::Type{Take{I}}) where {I} = IteratorSize(I) isa Union{IsInfinite,HasShape,HasLength} ? HasLength() : SizeUnknown()
length(t::Take) = IteratorSize(t.xs) isa IsInfinite ? t.n : min(t.n, length(t.xs))

struct Drop{I}
    xs::I
    n::Int
end
drop(xs, n::Integer) = n < 0 ? throw(ArgumentError("Drop length must be non-negative")) : Drop(xs, Int(n))
function iterate(d::Drop)
    y = iterate(d.xs)
    for _ in 1:d.n
        y === nothing && return nothing
        y = iterate(d.xs, y[2])
    end
    return y
end
iterate(d::Drop, state) = iterate(d.xs, state)
eltype(::Type{Drop{I}}) where {I} = eltype(I)
IteratorEltype(::Type{Drop{I}}) where {I} = IteratorEltype(I)
IteratorSize(::Type{Drop{I}}) where {I} = (s = IteratorSize(I); s isa HasShape ? HasLength() : s)
length(d::Drop) = max(0, length(d.xs) - d.n)

struct TakeWhile{I,P}
    pred::P
    xs::I
end
takewhile(pred, xs) = TakeWhile(pred, xs)
function iterate(t::TakeWhile, state...)
    y = iterate(t.xs, state...)
    (y === nothing || !t.pred(y[1])) && return nothing
    return y
end
struct DropWhile{I,P}
    pred::P
    xs::I
end
dropwhile(pred, xs) = DropWhile(pred, xs)
function iterate(d::DropWhile)
    y = iterate(d.xs)
    while y !== nothing && d.pred(y[1])
        y = iterate(d.xs, y[2])
    end
    return y
end
iterate(d::DropWhile, state) = iterate(d.xs, state)
eltype(::Type{TakeWhile{I,P}}) where {I,P} = eltype(I)
eltype(::Type{DropWhile{I,P}}) where {I,P} = eltype(I)
IteratorSize(::Type{<:Union{TakeWhile,DropWhile}}) = SizeUnknown()
IteratorEltype(::Type{TakeWhile{I,P}}) where {I,P} = IteratorEltype(I)
IteratorEltype(::Type{DropWhile{I,P}}) where {I,P} = IteratorEltype(I)

struct Cycle{I}
    xs::I
end
cycle(xs) = Cycle(xs)
cycle(xs, n::Integer) = flatten(repeated(xs, n))
function iterate(c::Cycle, state...)
    y = iterate(c.xs, state...)
    return y === nothing ? iterate(c.xs) : y
end
isempty(c::Cycle) = isempty(c.xs)
eltype(::Type{Cycle{I}}) where {I} = eltype(I)
IteratorEltype(::Type{Cycle{I}}) where {I} = IteratorEltype(I)
IteratorSize(::Type{<:Cycle}) = IsInfinite()
struct Repeated{O}
    x::O
end
repeated(x) = Repeated(x)
repeated(x, n::Integer) = take(repeated(x), n)
iterate(r::Repeated, state=nothing) = (r.x, nothing)
eltype(::Type{Repeated{O}}) where {O} = O
IteratorSize(::Type{<:Repeated}) = IsInfinite()
struct Count{T,S}
    start::T
    step::S
end
countfrom(start=1, step=1) = Count(start, step)
iterate(c::Count, state=c.start) = (state, state + c.step)
eltype(::Type{Count{T,S}}) where {T,S} = promote_type(T, S)
IteratorSize(::Type{<:Count}) = IsInfinite()
struct Rest{I,S}
    itr::I
    st::S
end
rest(itr, state) = Rest(itr, state)
rest(itr) = itr
iterate(r::Rest, state=r.st) = iterate(r.itr, state)
eltype(::Type{Rest{I,S}}) where {I,S} = eltype(I)
IteratorEltype(::Type{Rest{I,S}}) where {I,S} = IteratorEltype(I)
IteratorSize(::Type{Rest{I,S}}) where {I,S} = SizeUnknown()
function peel(itr)
    y = iterate(itr)
    y === nothing && return nothing
    return y[1], rest(itr, y[2])
end
struct Reverse{T}
    itr::T
end
reverse(itr) = Reverse(itr)
reverse(r::Reverse) = r.itr
reverse(r::Base.AbstractRange) = Base.reverse(r)
reverse(z::Zip) = Zip(Base.map(reverse, z.is))
reverse(f::Filter) = Filter(f.flt, reverse(f.itr))
reverse(g::Generator) = Generator(g.f, reverse(g.iter))
length(r::Reverse) = length(r.itr)
size(r::Reverse) = size(r.itr)
eltype(::Type{Reverse{T}}) where {T} = eltype(T)
IteratorSize(::Type{Reverse{T}}) where {T} = IteratorSize(T)
IteratorEltype(::Type{Reverse{T}}) where {T} = IteratorEltype(T)
function iterate(r::Reverse, i=lastindex(r.itr))
    i < firstindex(r.itr) && return nothing
    return r.itr[i], _before(r.itr, i)
end
_before(itr, i) = i - 1
_before(s::AbstractString, i) = prevind(s, i)
struct PartitionIterator{T}
    c::T
    n::Int
end
partition(c, n::Integer) = n < 1 ? throw(ArgumentError("cannot create partitions of length $n")) : PartitionIterator(c, Int(n))
length(p::PartitionIterator) = cld(length(p.c), p.n)
eltype(::Type{PartitionIterator{T}}) where {T} = Vector{eltype(T)}
IteratorSize(::Type{PartitionIterator{T}}) where {T} = IteratorSize(T) isa Union{HasShape,HasLength} ? HasLength() : SizeUnknown()
IteratorEltype(::Type{<:PartitionIterator{<:AbstractArray}}) = EltypeUnknown()
function iterate(p::PartitionIterator{<:AbstractVector}, i=1)
    i > length(p.c) && return nothing
    j = min(i + p.n - 1, length(p.c))
    return view(p.c, i:j), j + 1
end
function iterate(p::PartitionIterator, state...)
    v = Vector{eltype(p.c)}()
    y = iterate(p.c, state...)
    y === nothing && return nothing
    last_state = y[2]
    while y !== nothing
        push!(v, y[1])
        last_state = y[2]
        length(v) == p.n && break
        y = iterate(p.c, last_state)
    end
    return v, last_state
end
struct Accumulate{F,I,T}
    f::F
    itr::I
    init::T
end
struct NoInit end
accumulate(f, itr; init=NoInit()) = Accumulate(f, itr, init)
function iterate(a::Accumulate)
    y = iterate(a.itr)
    y === nothing && return nothing
    v = a.init isa NoInit ? y[1] : a.f(a.init, y[1])
    return v, (v, y[2])
end
function iterate(a::Accumulate, state)
    y = iterate(a.itr, state[2])
    y === nothing && return nothing
    v = a.f(state[1], y[1])
    return v, (v, y[2])
end
length(a::Accumulate) = length(a.itr)
IteratorSize(::Type{Accumulate{F,I,T}}) where {F,I,T} = (s = IteratorSize(I); s isa HasShape ? HasLength() : s)
IteratorEltype(::Type{<:Accumulate}) = EltypeUnknown()
Pairs(data::A, itr::I) where {A,I} = Pairs{eltype(I),eltype(A),I,A}(data, itr)
pairs(a::AbstractArray) = Pairs(a, Base.keys(a))
pairs(t::T) where {T<:Tuple} = Pairs{Int,eltype(T),OneTo{Int},T}(t, Base.keys(t))
pairs(t::NamedTuple) = Pairs{Symbol,eltype(typeof(t)),typeof(Base.keys(t)),typeof(t)}(t, Base.keys(t))
pairs(s::AbstractString) = Pairs(s, Base.keys(s))
pairs(d::AbstractDict) = d
pairs(::Base.IndexLinear, a::AbstractArray) = Pairs(a, Base.LinearIndices(a))
pairs(::Base.IndexCartesian, a::AbstractArray) = Pairs(a, Base.CartesianIndices(a))
length(p::Pairs) = length(p.itr)
size(p::Pairs) = size(p.itr)
axes(p::Pairs) = axes(p.itr)
IteratorSize(::Type{<:Pairs{K,V,I}}) where {K,V,I} = IteratorSize(I)
function iterate(p::Pairs, state...)
    @inline
    y = iterate(p.itr, state...)
    y === nothing && return nothing
    return y[1] => p.data[y[1]], y[2]
end
eltype(::Type{Pairs{K,V,I,A}}) where {K,V,I,A} = Pair{K,V}
getindex(p::Pairs, key) = p.data[key]
keys(p::Pairs) = p.itr
Base.values(p::Pairs) = p.data
Base.haskey(p::Pairs, key) = key in p.itr
Base.get(p::Pairs, key, default) = key in p.itr ? p.data[key] : default
Base.isempty(p::Pairs) = isempty(p.itr)
only(x) = Base.only(x)
function nth(itr, n::Integer)
    k = 0
    for x in itr
        (k += 1) == n && return x
    end
    throw(BoundsError(itr, n))
end
nth(a::AbstractArray, n::Integer) = a[n]
# Iterates once, and remembers where it is.
mutable struct Stateful{I}
    itr::I
    next::Any # what iterate gave last, not handed out yet
    taken::Int
end
Stateful(itr) = Stateful{typeof(itr)}(itr, iterate(itr), 0)
function iterate(s::Stateful, ::Any=nothing)
    y = s.next
    y === nothing && return nothing
    s.next = iterate(s.itr, y[2])
    s.taken += 1
    return y[1], nothing
end
isempty(s::Stateful) = s.next === nothing
reset!(s::Stateful, itr=s.itr) = (s.itr = itr; s.next = iterate(itr); s.taken = 0; s)
eltype(::Type{Stateful{I}}) where {I} = eltype(I)
IteratorEltype(::Type{Stateful{I}}) where {I} = IteratorEltype(I)
IteratorSize(::Type{Stateful{I}}) where {I} = (s = IteratorSize(I); s isa HasShape ? HasLength() : s)
length(s::Stateful) = length(s.itr) - s.taken
export enumerate, zip, filter, flatten, flatmap, product, take, drop, takewhile, dropwhile, cycle, repeated, countfrom, rest, peel, partition,
    accumulate, pairs
end
import .Iterators: zip, enumerate, pairs
peek(s::Iterators.Stateful, sentinel=nothing) = s.next === nothing ? sentinel : s.next[1]
popfirst!(s::Iterators.Stateful) = s.next === nothing ? throw(EOFError()) : iterate(s)[1]
popfirst!(s::Iterators.Stateful, default) = s.next === nothing ? default : iterate(s)[1]
function only(x)
    y = iterate(x)
    y === nothing && throw(ArgumentError("Collection is empty, must contain exactly 1 element"))
    iterate(x, y[2]) === nothing || throw(ArgumentError("Collection has multiple elements, must contain exactly 1 element"))
    return y[1]
end
export Iterators, enumerate, zip, pairs, only
