# SPDX-License-Identifier: MIT
# Lists from cells: an immutable one that shares its tails, and a mutable one linked in both directions.
#
#     lig examples/linked_list.jl

abstract type List{T} end
struct Nil{T} <: List{T} end
struct Cons{T} <: List{T}
    head::T
    tail::List{T}
end

list(::Type{T}, items...) where {T} = foldr((x, rest) -> Cons{T}(x, rest), items; init = Nil{T}())
list(items...) = list(promote_type(map(typeof, items)...), items...)

Base.eltype(::Type{<:List{T}}) where {T} = T
Base.length(::Nil) = 0
Base.length(l::Cons) = 1 + length(l.tail)
Base.iterate(l::List, rest::List = l) = rest isa Nil ? nothing : (rest.head, rest.tail)
Base.isempty(l::List) = l isa Nil
Base.:(==)(a::List, b::List) = length(a) == length(b) && all(splat(==), zip(a, b))
Base.show(io::IO, l::List) = print(io, "(", join(l, " "), ")")
Base.map(f, ::Nil{T}) where {T} = Nil{Base.promote_op(f, T)}()
Base.map(f, l::List) = list((f(x) for x in l)...)
Base.reverse(l::List{T}) where {T} = foldl((rest, x) -> Cons{T}(x, rest), l; init = Nil{T}())
Base.cat(a::Nil, b::List) = b
Base.cat(a::Cons{T}, b::List) where {T} = Cons{T}(a.head, cat(a.tail, b))
Base.filter(f, l::Nil) = l
Base.filter(f, l::Cons{T}) where {T} = f(l.head) ? Cons{T}(l.head, filter(f, l.tail)) : filter(f, l.tail)

function merge_sorted(a::List{T}, b::List{T}) where {T}
    a isa Nil && return b
    b isa Nil && return a
    return isless(b.head, a.head) ? Cons{T}(b.head, merge_sorted(a, b.tail)) : Cons{T}(a.head, merge_sorted(a.tail, b))
end
function split_at(l::List{T}, n) where {T}
    n == 0 && return (Nil{T}(), l)
    front, back = split_at(l.tail, n - 1)
    return (Cons{T}(l.head, front), back)
end
function Base.sort(l::List)
    length(l) < 2 && return l
    front, back = split_at(l, length(l) ÷ 2)
    return merge_sorted(sort(front), sort(back))
end

a = list(3, 1, 2)
b = Cons(7, a)
println(a, " ", b, " ", length(b), " ", b.tail === a, " ", typeof(a), " ", eltype(a))
println(map(x -> x^2, b), " ", filter(isodd, b), " ", reverse(b), " ", cat(a, b), " ", sort(b), " ", sum(b), " ", collect(b))
println(list(1, 2.5), " ", list("x", "y"), " ", Nil{Int}(), " ", list(Any, 1, "a"), " ", a == list(3, 1, 2), " ", a == b, " ", 2 in a)
println([x => y for (x, y) in zip(a, "abc")], " ", maximum(a), " ", map(string, Nil{Int}()), " ", foldl(-, a))
first_, rest... = b
println(first_, " ", collect(rest))

# Linked in both directions, with a mark in place of the ends.
mutable struct Node{T}
    value::T
    previous::Node{T}
    next::Node{T}
    function Node{T}() where {T}
        mark = new{T}()
        mark.previous = mark.next = mark
        return mark
    end
    Node{T}(value, previous, next) where {T} = new{T}(value, previous, next)
end
mutable struct Deque{T}
    const mark::Node{T}
    length::Int
    Deque{T}() where {T} = new{T}(Node{T}(), 0)
end
Deque(items) = foldl(push!, items; init = Deque{eltype(items)}())

function insert_before!(d::Deque{T}, place::Node{T}, x) where {T}
    node = Node{T}(x, place.previous, place)
    place.previous.next = node
    place.previous = node
    d.length += 1
    return d
end
function remove!(d::Deque{T}, node::Node{T}) where {T}
    node === d.mark && throw(ArgumentError("deque must be non-empty"))
    node.previous.next = node.next
    node.next.previous = node.previous
    d.length -= 1
    return node.value
end
Base.push!(d::Deque, x) = insert_before!(d, d.mark, x)
Base.pushfirst!(d::Deque, x) = insert_before!(d, d.mark.next, x)
Base.pop!(d::Deque) = remove!(d, d.mark.previous)
Base.popfirst!(d::Deque) = remove!(d, d.mark.next)
Base.length(d::Deque) = d.length
Base.eltype(::Type{Deque{T}}) where {T} = T
Base.iterate(d::Deque, node = d.mark.next) = node === d.mark ? nothing : (node.value, node.next)
Base.iterate(r::Iterators.Reverse{<:Deque}, node = r.itr.mark.previous) = node === r.itr.mark ? nothing : (node.value, node.previous)
Base.show(io::IO, d::Deque{T}) where {T} = print(io, "Deque{", T, "}[", join(d, " ⇄ "), "]")

d = Deque(1:3)
push!(d, 4)
pushfirst!(d, 0)
println(d, " ", length(d), " ", pop!(d), " ", popfirst!(d), " ", d, " ", collect(d), " ", collect(Iterators.reverse(d)))
println(isempty(d), " ", sum(d), " ", [2x for x in d], " ", 3 in d, " ", Deque("ab"))
while !isempty(d)
    pop!(d)
end
println(d, " ", isdefined(d.mark, :value), " ", length(d))
try
    pop!(d)
catch e
    println(e)
end

# Every second person leaves the circle: who is the last?
function josephus(n, k)
    circle = Deque(1:n)
    while length(circle) > 1
        for _ in 1:k-1
            push!(circle, popfirst!(circle))
        end
        popfirst!(circle)
    end
    return only(circle)
end
println([josephus(n, 2) for n in 1:16], " ", josephus(41, 3))
