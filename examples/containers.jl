# SPDX-License-Identifier: MIT
# Containers of one's own, with a type parameter for the elements: what iterates,
# can be shown, and has a length works with everything else.
#
#     lig examples/containers.jl

# The last N elements that were pushed; the oldest is overwritten.
mutable struct RingBuffer{T} <: AbstractVector{T}
    items::Vector{T}
    first::Int
    count::Int
end
RingBuffer{T}(capacity::Integer) where {T} = RingBuffer{T}(Vector{T}(undef, capacity), 1, 0)

capacity(r::RingBuffer) = length(r.items)
place(r::RingBuffer, i) = mod1(r.first + i - 1, capacity(r))
Base.size(r::RingBuffer) = (r.count,)
Base.IndexStyle(::Type{<:RingBuffer}) = IndexLinear()
function Base.getindex(r::RingBuffer, i::Int)
    @boundscheck checkbounds(r, i)
    return r.items[place(r, i)]
end
function Base.setindex!(r::RingBuffer, x, i::Int)
    @boundscheck checkbounds(r, i)
    r.items[place(r, i)] = x
    return r
end
function Base.push!(r::RingBuffer, x)
    if r.count < capacity(r)
        r.count += 1
    else
        r.first = place(r, 2)
    end
    r.items[place(r, r.count)] = x
    return r
end

# A binary heap: the least element under `isless` of `by(x)` comes out first.
struct Heap{T,F}
    items::Vector{T}
    by::F
end
Heap{T}(by = identity) where {T} = Heap{T,typeof(by)}(T[], by)

Base.length(h::Heap) = length(h.items)
Base.isempty(h::Heap) = isempty(h.items)
Base.eltype(::Type{<:Heap{T}}) where {T} = T
before(h::Heap, i, j) = isless(h.by(h.items[i]), h.by(h.items[j]))
swap!(v, i, j) = ((v[i], v[j]) = (v[j], v[i]); nothing)

function Base.push!(h::Heap, x)
    push!(h.items, x)
    i = length(h)
    while i > 1 && before(h, i, i ÷ 2)
        swap!(h.items, i, i ÷ 2)
        i ÷= 2
    end
    return h
end
function Base.pop!(h::Heap)
    isempty(h) && throw(ArgumentError("heap must be non-empty"))
    swap!(h.items, 1, length(h))
    least = pop!(h.items)
    i = 1
    while true
        child = 2i
        child > length(h) && break
        child < length(h) && before(h, child + 1, child) && (child += 1)
        before(h, child, i) || break
        swap!(h.items, i, child)
        i = child
    end
    return least
end
# Iterating takes the elements out of a copy, in order.
Base.iterate(h::Heap, rest = Heap(copy(h.items), h.by)) = isempty(rest) ? nothing : (pop!(rest), rest)
Base.show(io::IO, h::Heap{T}) where {T} = print(io, "Heap{", T, "}(", join(h, " ≤ "), ")")

# A pair whose halves may differ in type.
struct Either{L,R}
    value::Union{Some{L},Nothing}
    other::Union{Some{R},Nothing}
end
left(x, R::Type) = Either{typeof(x),R}(Some(x), nothing)
right(x, L::Type) = Either{L,typeof(x)}(nothing, Some(x))
Base.map(f, e::Either) = e.value === nothing ? e : left(f(something(e.value)), typeof(e).parameters[2])
Base.show(io::IO, e::Either) =
    e.value === nothing ? print(io, "right(", repr(something(e.other)), ")") : print(io, "left(", repr(something(e.value)), ")")

ring = RingBuffer{Int}(4)
for k in 1:6
    push!(ring, k^2)
end
println(collect(ring), " ", length(ring), " of ", capacity(ring), ", sum ", sum(ring), ", maximum ", maximum(ring))
ring[2] = -1
println(ring[1], " ", ring[end], " ", ring[2:3], " ", -1 in ring, " ", findfirst(==(25), ring), " ", map(abs, ring), " ", reverse(ring))
println(eltype(ring), " ", ring isa AbstractVector, " ", ring == [9, -1, 25, 36], " ", ring .+ 1)
println([x for x in ring if isodd(x)], " ", sort(ring), " ", join(ring, "-"))
try
    ring[5]
catch e
    println(typeof(e), " at ", e.i)
end
display(RingBuffer{String}(2))
display(push!(push!(RingBuffer{Any}(2), "a"), 1.5))

heap = Heap{Int}()
foreach(x -> push!(heap, x), [5, 3, 8, 1, 9, 2])
println(heap, " ", length(heap), " ", collect(heap), " ", eltype(heap))
println(pop!(heap), " ", pop!(heap), " ", heap, " ", first(heap), " ", sum(heap))
words = Heap{String}(length)
for w in split("a heap orders words by their lengths here")
    push!(words, w)
end
println([pop!(words) for _ in 1:3][1:2], " ", length(words), " ", maximum(length, words))
println(typeof(words) <: Heap{String}, " ", Heap{Float64}())
try
    pop!(Heap{Float64}())
catch e
    println(sprint(showerror, e))
end

results = [left(3, String), right("no number", Int)]
println(results, " ", eltype(results))
println(map(e -> map(x -> 2x, e), results))
