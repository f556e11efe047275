# SPDX-License-Identifier: MIT
# Set, and the set operations for sets and other collections; unique and its kin.

struct Set{T} <: AbstractSet{T}
    dict::Dict{T,Nothing}
    Set{T}() where {T} = new{T}(Dict{T,Nothing}())
    Set{T}(s::Set{T}) where {T} = new{T}(Dict{T,Nothing}(s.dict))
end
Set{T}(items) where {T} = union!(Set{T}(), items)
Set() = Set{Any}()
function Set(items)
    T = eltype(items)
    IteratorEltype(typeof(items)) isa HasEltype && (isconcretetype(T) || !(items isa Generator)) && return Set{T}(items)
    return _grow_set(items)
end
function _grow_set(items)
    next = iterate(items)
    next === nothing && return Set{_element_guess(items)}()
    x, state = next
    return _grow_set!(push!(Set{typeof(x)}(), x), items, state)
end
function _grow_set!(s::Set{T}, items, state) where {T}
    next = iterate(items, state)
    while next !== nothing
        x, state = next
        x isa T || return _grow_set!(push!(union!(Set{promote_typejoin(T, typeof(x))}(), s), x), items, state)
        push!(s, x)
        next = iterate(items, state)
    end
    return s
end
copy(s::Set{T}) where {T} = Set{T}(s)
copy(s::AbstractSet) = union!(empty(s), s)
empty(::AbstractSet{T}) where {T} = Set{T}()
empty(::AbstractSet, ::Type{T}) where {T} = Set{T}()
emptymutable(s::AbstractSet, ::Type{T}) where {T} = Set{T}()
copymutable(s::AbstractSet) = copy(s)
convert(::Type{T}, s::T) where {T<:AbstractSet} = s
convert(::Type{T}, s::AbstractSet) where {T<:AbstractSet} = T(s)
eltype(::Type{<:AbstractSet{T}}) where {T} = T
length(s::Set) = length(s.dict)
isempty(s::AbstractSet) = length(s) == 0
@inline function iterate(s::Set, i::Int=s.dict.idxfloor)
    at = _next_filled(s.dict, i)
    at == 0 && return nothing
    return (_mget(s.dict.keys, at), at + 1)
end
in(x, s::Set) = _find(s.dict, x) != 0
sizehint!(s::Set, n::Integer; shrink::Bool=true) = (sizehint!(s.dict, n; shrink=shrink); s)
push!(s::Set, x) = (s.dict[x] = nothing; s)
push!(s::AbstractSet, x, y, more...) = push!(push!(s, x), y, more...)
function in!(x, s::AbstractSet)
    x in s && return true
    push!(s, x)
    return false
end
function pop!(s::Set)
    isempty(s) && throw(ArgumentError("set must be non-empty"))
    return pop!(s.dict).first
end
function pop!(s::AbstractSet, x)
    x in s || throw(KeyError(x))
    delete!(s, x)
    return x
end
pop!(s::AbstractSet, x, default) = x in s ? pop!(s, x) : default
popfirst!(s::AbstractSet) = pop!(s)
delete!(s::Set, x) = (delete!(s.dict, x); s)
empty!(s::Set) = (empty!(s.dict); s)
first(s::AbstractSet) = (next = iterate(s); next === nothing ? throw(ArgumentError("collection must be non-empty")) : next[1])
pop!(s::AbstractSet) = (x = first(s); delete!(s, x); x)
function filter(f, s::AbstractSet)
    kept = empty(s)
    for x in s
        f(x) && push!(kept, x)
    end
    return kept
end
function filter!(f, s::AbstractSet)
    for x in collect(s)
        f(x) || delete!(s, x)
    end
    return s
end
==(a::AbstractSet, b::AbstractSet) = length(a) == length(b) && a ⊆ b
isequal(a::AbstractSet, b::AbstractSet) = a == b
isless(a::AbstractSet, b::AbstractSet) = a ⊊ b
<(a::AbstractSet, b::AbstractSet) = a ⊊ b
<=(a::AbstractSet, b::AbstractSet) = a ⊆ b
map(f, s::AbstractSet) = Set(f(x) for x in s)
export Set, AbstractSet, in!, delete!, empty!

# --- Set operations: of sets give sets, of arrays give arrays in order of appearance.
function union!(s::AbstractSet, itrs...)
    for itr in itrs
        s isa Set && IteratorSize(typeof(itr)) isa Union{HasLength,HasShape} && sizehint!(s, length(s) + Int(length(itr)); shrink=false)
        for x in itr
            push!(s, x)
        end
    end
    return s
end
union(s::AbstractSet) = copy(s)
union(s::AbstractSet, itrs...) = union!(Set{promote_type(eltype(s), map(eltype, itrs)...)}(), s, itrs...)
union() = Set{Union{}}()
union(itr) = unique(itr)
function union(itr, itrs...)
    T = promote_type(eltype(itr), map(eltype, itrs)...)
    itr isa AbstractArray || (itr isa AbstractRange) || return union!(Set{T}(), itr, itrs...)
    return union!(T[], itr, itrs...)
end
function union!(v::AbstractVector{T}, itrs...) where {T}
    seen = Set{T}()
    kept = 0
    for x in v
        in!(x, seen) && continue
        kept += 1
        v[kept] = x
    end
    resize!(v, kept)
    for itr in itrs, x in itr
        y = convert(T, x)
        in!(y, seen) || push!(v, y)
    end
    return v
end
const ∪ = union

_as_set(itr::AbstractSet) = itr
_as_set(itr::AbstractDict) = itr
_as_set(itr) = Set(itr)
intersect(s::AbstractSet) = copy(s)
function intersect(s::AbstractSet, itr)
    T = promote_type(eltype(s), eltype(itr))
    out = Set{T}()
    if itr isa AbstractSet && length(itr) < length(s)
        s, itr = itr, s
    end
    other = _as_set(itr)
    for x in s
        x in other && push!(out, x)
    end
    return out
end
intersect(s::AbstractSet, itr, itrs...) = intersect(intersect(s, itr), itrs...)
intersect(itr) = unique(itr)
function intersect(itr, itr2)
    T = promote_type(eltype(itr), eltype(itr2))
    other = _as_set(itr2)
    out = T[]
    seen = Set{T}()
    for x in itr
        x in other && !in!(x, seen) && push!(out, x)
    end
    return out
end
intersect(itr, itr2, itrs...) = intersect(intersect(itr, itr2), itrs...)
function intersect!(s::AbstractSet, itrs...)
    for itr in itrs
        other = _as_set(itr)
        filter!(x -> x in other, s)
    end
    return s
end
intersect!(v::AbstractVector, itrs...) = _replace_all!(v, intersect(v, itrs...))
_replace_all!(v, w) = (resize!(v, length(w)); copyto!(v, w); v)
const ∩ = intersect

setdiff(s::AbstractSet) = copy(s)
setdiff(s::AbstractSet, itrs...) = setdiff!(copy(s), itrs...)
setdiff(itr) = unique(itr)
function setdiff(itr, itrs...)
    gone = union!(Set{Any}(), itrs...)
    out = eltype(itr)[]
    seen = Set{eltype(itr)}()
    for x in itr
        x in gone || in!(x, seen) || push!(out, x)
    end
    return out
end
function setdiff!(s::AbstractSet, itrs...)
    for itr in itrs, x in itr
        delete!(s, x)
    end
    return s
end
setdiff!(v::AbstractVector, itrs...) = _replace_all!(v, setdiff(v, itrs...))

symdiff(s) = s isa AbstractSet ? copy(s) : unique(s)
function symdiff(a, b, more...)
    T = promote_type(eltype(a), eltype(b))
    in_a, in_b = _as_set(a), _as_set(b)
    out = a isa AbstractSet ? Set{T}() : T[]
    seen = Set{T}()
    for x in a
        x in in_b || in!(x, seen) || push!(out, x)
    end
    for x in b
        x in in_a || in!(x, seen) || push!(out, x)
    end
    return isempty(more) ? out : symdiff(out, more...)
end
function symdiff!(s::AbstractSet, itrs...)
    for itr in itrs, x in (itr isa AbstractSet ? itr : Set(itr))
        x in s ? delete!(s, x) : push!(s, x)
    end
    return s
end
symdiff!(v::AbstractVector, itrs...) = _replace_all!(v, symdiff(v, itrs...))

function issubset(a, b)
    other = b isa Union{AbstractSet,AbstractDict,AbstractRange,Tuple} || (IteratorSize(typeof(b)) isa HasLength && length(b) < 20) ? b : _as_set(b)
    for x in a
        x in other || return false
    end
    return true
end
issubset(a) = Fix2(issubset, a)
const ⊆ = issubset
⊇(a, b) = b ⊆ a
⊈(a, b) = !(a ⊆ b)
⊉(a, b) = !(b ⊆ a)
_distinct_count(x) = x isa AbstractSet ? length(x) : length(Set(x))
⊊(a, b) = _distinct_count(a) < _distinct_count(b) && a ⊆ b
⊋(a, b) = b ⊊ a
issetequal(a, b) = a isa AbstractSet && b isa AbstractSet ? a == b : issubset(a, b) && issubset(b, a)
function isdisjoint(a, b)
    other = _as_set(b)
    for x in a
        x in other && return false
    end
    return true
end
# With the second collection alone: a question about the first.
issetequal(a) = Fix2(issetequal, a)
isdisjoint(a) = Fix2(isdisjoint, a)
⊇(a) = Fix2(⊇, a)
⊈(a) = Fix2(⊈, a)
⊉(a) = Fix2(⊉, a)
⊊(a) = Fix2(⊊, a)
⊋(a) = Fix2(⊋, a)
export union, union!, ∪, intersect, intersect!, ∩, setdiff, setdiff!, symdiff, symdiff!, issubset, ⊆, ⊇, ⊈, ⊉, ⊊, ⊋, issetequal,
    isdisjoint

# --- unique
unique(a::AbstractArray; dims=:) = dims isa Colon ? _unique(a) : _unique_slices(a, dims)
function _unique_slices(a, d)
    seen = Set{Any}()
    kept = filter(i -> !in!(collect(selectdim(a, d, i)), seen), axes(a, d))
    return a[ntuple(k -> k == d ? kept : (:), ndims(a))...]
end
unique(itr) = _unique(itr)
function _unique(itr)
    T = eltype(itr)
    out = T === Any || !(IteratorEltype(typeof(itr)) isa HasEltype) ? nothing : T[]
    out === nothing && return _unique_any(itr)
    seen = Set{T}()
    for x in itr
        in!(x, seen) || push!(out, x)
    end
    return out
end
function _unique_any(itr)
    all = collect(itr)
    out = eltype(all)[]
    seen = Set{eltype(all)}()
    for x in all
        in!(x, seen) || push!(out, x)
    end
    return out
end
unique(s::AbstractSet) = collect(s)
function unique(f, itr)
    out = eltype(itr)[]
    seen = Set{Any}()
    for x in itr
        in!(f(x), seen) || push!(out, x)
    end
    return out
end
unique!(s::AbstractSet) = s
unique!(v::AbstractVector) = _replace_all!(v, unique(v))
unique!(f, v::AbstractVector) = _replace_all!(v, unique(f, v))
function allunique(itr)
    seen = Set{eltype(itr)}()
    for x in itr
        in!(x, seen) && return false
    end
    return true
end
allunique(::Union{AbstractSet,AbstractDict}) = true
allunique(r::AbstractRange) = length(r) <= 1 || !iszero(step(r))
allunique(f, itr) = allunique(map(f, itr))
function allequal(itr)
    next = iterate(itr)
    next === nothing && return true
    first_one, state = next
    for x in itr
        isequal(x, first_one) || return false
    end
    return true
end
allequal(f, itr) = allequal(f(x) for x in itr)
function replace!(s::AbstractSet, pairs::Pair...; count::Integer=typemax(Int))
    changed = Pair[]
    for x in s
        length(changed) == count && break
        for p in pairs
            isequal(x, p.first) && (push!(changed, x => p.second); break)
        end
    end
    foreach(p -> delete!(s, p.first), changed)
    foreach(p -> push!(s, p.second), changed)
    return s
end
replace!(d::AbstractDict, pairs::Pair...; count::Integer=typemax(Int)) = replace!(_replacer(pairs), d; count=count)
function replace!(f::Callable, d::AbstractDict; count::Integer=typemax(Int))
    changed = Pair[]
    for p in d
        length(changed) == count && break
        q = f(p)
        q === p || push!(changed, p => q)
    end
    foreach(c -> delete!(d, c.first.first), changed)
    foreach(c -> d[c.second.first] = c.second.second, changed)
    return d
end
replace(d::AbstractDict, pairs::Pair...; count::Integer=typemax(Int)) = replace!(copy(d), pairs...; count=count)
replace(f::Callable, d::AbstractDict; count::Integer=typemax(Int)) = replace!(f, copy(d); count=count)
_replacer(pairs) = x -> (for p in pairs; isequal(p.first, x) && return p.second; end; x)
# `count` counts the elements that a pair replaces, or that the function changes.
function replace!(f::Callable, a::AbstractArray; count::Integer=typemax(Int))
    count < 0 && throw(DomainError(count, "`count` must not be negative (got $count)"))
    done = 0
    for i in eachindex(a)
        done == count && break
        x = a[i]
        y = f(x)
        x === y && continue
        a[i] = y
        done += 1
    end
    return a
end
replace!(a::AbstractArray, pairs::Pair...; count::Integer=typemax(Int)) = replace!(_replacer(pairs), a; count=count)
function replace(a::AbstractArray, pairs::Pair...; count::Integer=typemax(Int))
    T = eltype(a)
    any(p -> p.first === nothing, pairs) && (T = nonnothingtype(T))
    any(p -> p.first === missing, pairs) && (T = nonmissingtype(T))
    count < typemax(Int) && (T = eltype(a))
    T = promote_type(T, map(p -> typeof(p.second), pairs)...)
    T === eltype(a) && return replace!(_replacer(pairs), copymutable(a); count=count)
    f = _replacer(pairs)
    b = similar(a, T)
    done = 0
    for i in eachindex(a)
        y = done < count ? f(a[i]) : a[i]
        y === a[i] || (done += 1)
        b[i] = y
    end
    return b
end
function replace(f::Callable, a::AbstractArray; count::Integer=typemax(Int))
    done = 0
    return map(a) do x
        done < count || return x
        y = f(x)
        y === x || (done += 1)
        return y
    end
end
replace(t::Tuple, pairs::Pair...; count::Integer=typemax(Int)) = Tuple(replace(collect(Any, t), pairs...; count=count))
replace(f::Callable, t::Tuple; count::Integer=typemax(Int)) = Tuple(replace(f, collect(Any, t); count=count))
replace(f::Callable, s::AbstractSet; count::Integer=typemax(Int)) = Set(replace(f, collect(s); count=count))
replace(s::AbstractSet, pairs::Pair...; count::Integer=typemax(Int)) = replace!(copy(s), pairs...; count=count)
export unique, unique!, allunique, allequal, replace!

# --- BitSet: a set of integers as bits
mutable struct BitSet <: AbstractSet{Int}
    words::Vector{UInt64}
    offset::Int # bit 0 of words[1] stands for 64 * offset
    BitSet() = new(UInt64[], 0)
end
BitSet(itr) = union!(BitSet(), itr)
copy(s::BitSet) = (t = BitSet(); t.words = copy(s.words); t.offset = s.offset; t)
empty(::BitSet) = BitSet()
empty(::BitSet, ::Type{Int}) = BitSet()
function in(x::Integer, s::BitSet)
    w = (Int(x) >> 6) - s.offset + 1
    return 1 <= w <= length(s.words) && (s.words[w] >> (Int(x) & 63)) & 1 != 0
end
in(x, s::BitSet) = isinteger(x) && in(Int(x), s)
function push!(s::BitSet, x::Integer)
    n = Int(x)
    isempty(s.words) && (s.offset = n >> 6)
    w = (n >> 6) - s.offset + 1
    while w < 1
        pushfirst!(s.words, UInt64(0))
        s.offset -= 1
        w += 1
    end
    while w > length(s.words)
        push!(s.words, UInt64(0))
    end
    s.words[w] |= UInt64(1) << (n & 63)
    return s
end
function delete!(s::BitSet, x::Integer)
    w = (Int(x) >> 6) - s.offset + 1
    1 <= w <= length(s.words) && (s.words[w] &= ~(UInt64(1) << (Int(x) & 63)))
    return s
end
empty!(s::BitSet) = (empty!(s.words); s)
length(s::BitSet) = (n = 0; for w in s.words; n += count_ones(w); end; n)
isempty(s::BitSet) = all(iszero, s.words)
function iterate(s::BitSet, state::Tuple{Int,UInt64}=(0, UInt64(0)))
    w, rest = state
    while rest == 0
        w += 1
        w > length(s.words) && return nothing
        rest = s.words[w]
    end
    return (64 * (s.offset + w - 1) + trailing_zeros(rest), (w, rest & (rest - 1)))
end
minimum(s::BitSet) = first(s)
function maximum(s::BitSet)
    for w in length(s.words):-1:1
        s.words[w] == 0 || return 64 * (s.offset + w - 1) + 63 - leading_zeros(s.words[w])
    end
    throw(ArgumentError("collection must be non-empty"))
end
last(s::BitSet) = maximum(s)
union(s::BitSet, itrs...) = union!(copy(s), itrs...)
intersect(s::BitSet, itr) = (other = _as_set(itr); filter!(x -> x in other, copy(s)))
export BitSet

# A set whose members are compared by ===.
struct IdSet{T} <: AbstractSet{T}
    dict::IdDict{T,Nothing}
    IdSet{T}() where {T} = new{T}(IdDict{T,Nothing}())
end
IdSet{T}(items) where {T} = union!(IdSet{T}(), items)
IdSet() = IdSet{Any}()
IdSet(items) = IdSet{eltype(items)}(items)
length(s::IdSet) = length(s.dict)
iterate(s::IdSet, state...) = iterate(keys(s.dict), state...)
in(x, s::IdSet) = haskey(s.dict, x)
push!(s::IdSet, x) = (s.dict[x] = nothing; s)
delete!(s::IdSet, x) = (delete!(s.dict, x); s)
empty!(s::IdSet) = (empty!(s.dict); s)
copy(s::IdSet{T}) where {T} = IdSet{T}(s)
empty(::IdSet{T}, ::Type{U}=T) where {T,U} = IdSet{U}()
