# A field may be of a container of tuples of the very type that is being defined: they are concrete, with a layout.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test
mutable struct Var
    value::Float64
    from::Vector{Tuple{Var,Float64}}
end
struct Leaf
    kids::Vector{Tuple{Leaf,Int}}
    named::Vector{@NamedTuple{leaf::Leaf, n::Int}}
end
mutable struct Table{K}
    rows::Dict{K,Tuple{Table{K},K}}
    nested::Vector{Tuple{Tuple{Table{K},Int},Bool}}
end
mutable struct Plain
    pairs::Vector{Pair{Plain,Int}}
    some::Union{Nothing,Tuple{Plain,Plain}}
    call::Dict{Tuple{Plain,Symbol},Vector{Tuple{Plain}}}
end
@testset "tuples of the type being defined" begin
    x = Var(1.0, [])
    y = Var(2.0, [(x, 0.5), (x, 1.5)])
    @test sum(d * v.value for (v, d) in y.from) == 2.0 && y.from[2] === (x, 1.5)
    @test isconcretetype(Tuple{Var,Float64}) && eltype(y.from) === Tuple{Var,Float64}
    leaf = Leaf([], [])
    tree = Leaf([(leaf, 1)], [(leaf=leaf, n=2)])
    @test tree.kids[1] === (leaf, 1) && tree.named[1].n == 2 && isbitstype(Tuple{Leaf,Int}) == false
    t = Table{Int}(Dict(), [])
    t.rows[1] = (t, 2)
    push!(t.nested, ((t, 3), true))
    @test t.rows[1][1] === t && t.nested[1] === ((t, 3), true)
    p = Plain([], nothing, Dict())
    push!(p.pairs, p => 1)
    p.some = (p, p)
    p.call[(p, :a)] = [(p,)]
    @test p.some === (p, p) && p.call[(p, :a)][1] === (p,) && p.pairs[1] === (p => 1)
    first_of(t::Tuple{Var,Float64}) = t[1]
    @test first_of((x, 1.0)) === x
end
