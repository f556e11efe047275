# Tuples, named tuples, pairs, and the sets and dictionaries' less common functions.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test

message(f) = try
    f()
    "no error"
catch e
    sprint(showerror, e)
end

@testset "tuples" begin
    t = (1, "a", 2.5)
    @test t[1] === 1 && t[end] === 2.5 && length(t) === 3 && t[2:3] === ("a", 2.5) && first(t) === 1 && last(t) === 2.5 && isempty(()) && (t..., 4) === (1, "a", 2.5, 4) && typeof(t) === Tuple{Int,String,Float64} && t isa Tuple && reverse(t) === (2.5, "a", 1) && Base.tail(t) === ("a", 2.5) && Base.front(t) === (1, "a") && collect(t) == [1, "a", 2.5] && eltype((1, 2)) === Int && eltype((1, 2.5)) === Real && t[[1, 3]] === (1, 2.5) && t[[true, false, true]] === (1, 2.5) && t[:] === t && getindex(t, 2) == "a" && (1, 2) == (1.0, 2.0) && (1, 2) !== (1.0, 2.0) && (1, 2) < (1, 3) && (1,) < (1, 0) && isless((1, 'a'), (1, 'b')) && max((1, 2), (1, 3)) === (1, 3) && (1, 2) != (1, 2, 3) && isequal((NaN,), (NaN,)) && hash((1, 2)) == hash((1.0, 2.0)) && 2 in (1, 2) && firstindex(t) === 1 && lastindex(t) === 3 && eachindex(t) == 1:3 && keys(t) == 1:3 && axes(t) == (1:3,) && size((1, 2), 1) === 2 && get(t, 9, 0) === 0 && haskey(t, 3)
    @test map(x -> 2x, (1, 2)) === (2, 4) && map(+, (1, 2), (3, 4)) === (4, 6) && sum((1, 2, 3)) === 6 && prod((2, 3)) === 6 && maximum((1, 5, 2)) === 5 && minimum((3, 1)) === 1 && filter(isodd, (1, 2, 3)) === (1, 3) && findfirst(==(2), (1, 2)) === 2 && any(isodd, (2, 3)) && all(isodd, (1, 3)) && count(isodd, (1, 2, 3)) === 2 && ntuple(i -> i^2, 3) === (1, 4, 9) && ntuple(identity, Val(2)) === (1, 2) && ntuple(x -> 0, 0) === () && length(ntuple(identity, 20)) === 20 && Tuple([1, 2]) === (1, 2) && Tuple("ab") === ('a', 'b') && tuple(1, 2) === (1, 2) && Tuple(x for x in 1:2) === (1, 2) && foldl(-, (1, 2, 3)) === -4 && extrema((3, 1, 2)) === (1, 3) && zip((1, 2), (3, 4)) |> collect == [(1, 3), (2, 4)] && sort((3, 1, 2)) === (1, 2, 3) && unique((1, 1)) == [1] && enumerate((5,)) |> collect == [(1, 5)] && (1, 2) .+ (3, 4) === (4, 6) && accumulate(+, (1, 2)) === (1, 3) && issorted((1, 2)) && allunique((1, 2)) && reduce(*, (2, 3, 4)) === 24 && argmax((1, 9, 3)) === 2 && Base.setindex((1, 2), 5, 1) === (5, 2) && NTuple{2,Int} === Tuple{Int,Int} && convert(Tuple{Float64,Int}, (1, 2)) === (1.0, 2) && vcat((1, 2)...) == [1, 2] && join((1, 2), "-") == "1-2" && isempty(()) && only((7,)) === 7
    a, b = (1, 2); c, d... = (1, 2, 3); (e, (f, g)) = (1, (2, 3)); a, b = b, a; _, h = (8, 9); i, = (5, 6); j..., k = [1, 2, 3]
    @test (a, b) === (2, 1) && (c, d) === (1, (2, 3)) && (e, f, g) === (1, 2, 3) && h === 9 && i === 5 && j == [1, 2] && k === 3
    @test message(() -> t[4]) == "BoundsError: attempt to access Tuple{Int64, String, Float64} at index [4]" && message(() -> ((x, y, z) = (1, 2))) == "BoundsError: attempt to access Tuple{Int64, Int64} at index [3]" && startswith(message(() -> Base.setindex!(t, 1, 1)), "MethodError: no method matching setindex!(::Tuple{Int64, String, Float64}, ::Int64, ::Int64)") && message(() -> Base.tail(())) == "ArgumentError: Cannot call tail on an empty tuple."
end
@testset "named tuples and pairs" begin
    n = (a=1, b="x")
    @test n.a === 1 && n[:b] == "x" && n[1] === 1 && length(n) === 2 && keys(n) === (:a, :b) && values(n) === (1, "x") && haskey(n, :a) && !haskey(n, :z) && get(n, :z, 0) === 0 && merge(n, (b=2, c=3)) === (a=1, b=2, c=3) && n == (a=1, b="x") && (; n..., d=4) === (a=1, b="x", d=4) && NamedTuple{(:x, :y)}((1, 2)) === (x=1, y=2) && (; a=1) === (a=1,) && isempty(NamedTuple()) && collect(pairs(n)) == [:a => 1, :b => "x"] && propertynames(n) === (:a, :b) && Base.structdiff((a=1, b=2), (b=0,)) === (a=1,) && map(x -> 2x, (p=1, q=2)) === (p=2, q=4) && (p=1, q=2)[(:q,)] === (q=2,) && Tuple(n) === (1, "x") && eltype((a=1, b=2)) === Int && first(n) === 1 && [k for k in keys(n)] == [:a, :b] && (a=1, b=2) != (b=2, a=1) && Base.setindex((a=1,), 2, :a) === (a=2,) && (let x = 1, y = 2; (; x, y) end) === (x=1, y=2) && NamedTuple(Dict(:k => 1)) === (k=1,) && (a=1, b=2) < (a=1, b=3) && hash((a=1,)) == hash((a=1,)) && merge(NamedTuple(), [:a => 1]) === (a=1,)
    (; a, b) = n
    @test a === 1 && b == "x" && sum((p=1, q=2)) === 3 && occursin("has no field `z`", message(() -> n.z))
    p = 1 => "b"
    @test p.first === 1 && p.second == "b" && p[1] === 1 && p[2] == "b" && first(p) === 1 && last(p) == "b" && ((x, y) = p; (x, y) == (1, "b")) && p == (1 => "b") && p isa Pair{Int,String} && length(p) === 2 && collect(1 => 2) == [1, 2] && reverse(1 => 2) === (2 => 1) && (1 => 2) < (1 => 3) && Dict(p) == Dict(1 => "b") && (1 => 2 => 3) === (1 => (2 => 3)) && isless(1 => 1, 2 => 0) && hash(1 => 2) == hash(1.0 => 2.0) && eltype(1 => 2) === Int && map(last, [1 => 2]) == [2] && Pair(1, 2) === (1 => 2)
end
@testset "sets" begin
    s = Set([1, 2, 3])
    @test 2 in s && length(s) === 3 && push!(copy(s), 4) == Set(1:4) && delete!(copy(s), 1) == Set([2, 3]) && pop!(Set([7])) === 7 && pop!(copy(s), 2) === 2 && pop!(s, 9, nothing) === nothing && union(s, [5]) == Set([1, 2, 3, 5]) && intersect(s, [1, 9]) == Set([1]) && setdiff(s, Set([1])) == Set([2, 3]) && symdiff(s, Set([3, 4])) == Set([1, 2, 4]) && s ⊆ Set(1:5) && issubset([1], s) && isempty(Set()) && Set([1, 1.0]) == Set([1]) && Set("hello") == Set("ehlo") && eltype(s) === Int && Set{Float64}([1]) isa Set{Float64} && s == Set([3, 2, 1]) && isdisjoint(s, [9]) && sum(s) === 6 && maximum(s) === 3 && sort(collect(s)) == [1, 2, 3] && filter(isodd, s) == Set([1, 3]) && filter!(isodd, copy(s)) == Set([1, 3]) && map(x -> 2x, collect(Set([1]))) == [2] && any(>(2), s) && union!(Set([1]), [2], [3]) == s && empty!(copy(s)) == Set() && hash(Set([1, 2])) == hash(Set([2, 1])) && in(1, s) && first(Set([5])) === 5 && copy(s) !== s && Set((1, 2)) == Set([1, 2]) && setdiff!(Set([1, 2]), [1]) == Set([2]) && intersect!(Set([1, 2]), [2]) == Set([2]) && Set([[1], [1]]) |> length === 1 && (1:3) ⊆ s && s ⊇ [1] && !(s ⊊ s) && Set([nothing]) == Set([nothing]) && symdiff!(Set([1]), [2]) == Set([1, 2]) && issetequal(s, [3, 1, 2])
    @test message(() -> pop!(Set{Int}())) == "ArgumentError: set must be non-empty" && message(() -> pop!(s, 99)) == "KeyError: key 99 not found"
    b = BitSet([3, 1, 200])
    @test collect(b) == [1, 3, 200] && 3 in b && !(4 in b) && length(b) === 3 && push!(b, -5) === b && first(b) === -5 && delete!(b, 200) == BitSet([-5, 1, 3]) && union(b, [7]) isa BitSet && maximum(b) === 3 && minimum(b) === -5 && sum(b) === -1 && BitSet(1:3) ∩ BitSet([2]) == BitSet([2]) && isempty(BitSet()) && BitSet([1]) == Set([1]) && pop!(BitSet([4])) === 4 && setdiff(BitSet(1:3), [2]) == BitSet([1, 3]) && BitSet([1]) ⊆ BitSet([1, 2]) && eltype(b) === Int && copy(b) == b && empty!(copy(b)) == BitSet() && symdiff(BitSet([1, 2]), BitSet([2, 3])) == BitSet([1, 3])
end
