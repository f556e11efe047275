# Iterators: zip, enumerate, the module Iterators, generators, iteration by hand, traits, one's own iterators.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test

message(f) = try
    f()
    "no error"
catch e
    sprint(showerror, e)
end
struct Countdown
    from::Int
end
Base.iterate(c::Countdown, n=c.from) = n == 0 ? nothing : (n, n - 1)
Base.length(c::Countdown) = c.from
Base.eltype(::Type{Countdown}) = Int
struct Unsized end
Base.iterate(::Unsized, n=1) = n > 3 ? nothing : (n, n + 1)
Base.IteratorSize(::Type{Unsized}) = Base.SizeUnknown()

@testset "zip and enumerate" begin
    @test collect(zip([1, 2], "ab")) == [(1, 'a'), (2, 'b')] && collect(zip(1:3, 4:5)) == [(1, 4), (2, 5)] && length(zip(1:3, 4:5)) === 2 && collect(enumerate("añ")) == [(1, 'a'), (2, 'ñ')] && [i * x for (i, x) in enumerate([10, 20])] == [10, 40] && eltype(zip(1:2, "a")) === Tuple{Int,Char} && collect(zip()) isa Vector && first(zip([1], [2])) === (1, 2) && collect(zip([1, 2])) == [(1,), (2,)] && Dict(zip(["a", "b"], 1:2)) == Dict("a" => 1, "b" => 2) && [a + b for (a, b) in zip(1:2, 3:4)] == [4, 6] && collect(enumerate([5])) == [(1, 5)] && eltype(enumerate(['a'])) === Tuple{Int,Char} && collect(zip([1 2; 3 4], [5 6; 7 8])) == [(1, 5) (2, 6); (3, 7) (4, 8)] && length(enumerate("abc")) === 3 && last(collect(zip(1:2, 'a':'b', (:x, :y)))) === (2, 'b', :y) && collect(zip(1:2, Iterators.cycle("x"))) == [(1, 'x'), (2, 'x')] && zip(1:0, 1:2) |> isempty && reverse(collect(enumerate("ab"))) == [(2, 'b'), (1, 'a')]
    @test collect(pairs([5, 6])) == [1 => 5, 2 => 6] && collect(pairs((a=1,))) == [:a => 1] && collect(pairs("añb")) == [1 => 'a', 2 => 'ñ', 4 => 'b'] && collect(pairs((7, 8))) == [1 => 7, 2 => 8] && Dict(pairs([5])) == Dict(1 => 5) && keys(pairs([5])) == 1:1 && [k for (k, v) in pairs(Dict(1 => 2))] == [1] && length(pairs([1, 2])) === 2
end
@testset "Iterators" begin
    I = Iterators
    @test collect(I.take(1:10, 3)) == [1, 2, 3] && collect(I.take("ab", 5)) == ['a', 'b'] && collect(I.drop(1:5, 3)) == [4, 5] && collect(I.drop([1], 3)) == [] && collect(I.takewhile(<(3), 1:10)) == [1, 2] && collect(I.dropwhile(<(3), 1:5)) == [3, 4, 5] && collect(I.filter(isodd, 1:5)) == [1, 3, 5] && collect(I.flatten([[1, 2], [3]])) == [1, 2, 3] && collect(I.flatten((1:2, 8))) == [1, 2, 8] && collect(I.take(I.cycle([1, 2]), 5)) == [1, 2, 1, 2, 1] && collect(I.repeated(7, 3)) == [7, 7, 7] && collect(I.take(I.countfrom(5), 2)) == [5, 6] && collect(I.take(I.countfrom(1, 3), 3)) == [1, 4, 7] && collect(I.partition(1:5, 2)) == [[1, 2], [3, 4], [5]] && collect(I.partition("abc", 2)) == [['a', 'b'], ['c']] && length(I.partition(1:5, 2)) === 3 && collect(I.reverse([1, 2, 3])) == [3, 2, 1] && collect(I.reverse("añ")) == ['ñ', 'a'] && collect(I.product(1:2, "ab")) == [(1, 'a') (1, 'b'); (2, 'a') (2, 'b')] && length(I.product(1:2, 1:3)) === 6 && collect(I.map(x -> x^2, 1:3)) == [1, 4, 9] && collect(I.rest([1, 2, 3], 2)) == [2, 3] && collect(I.flatmap(x -> 1:x, 1:3)) == [1, 1, 2, 1, 2, 3] && collect(I.cycle([1, 2], 2)) == [1, 2, 1, 2]
    @test (x = I.peel([1, 2, 3]); x[1] == 1 && collect(x[2]) == [2, 3]) && I.peel([]) === nothing && I.only([4]) === 4 && collect(I.accumulate(max, [1, 3, 2])) == [1, 3, 3] && collect(I.zip(1:2, 3:4)) == [(1, 3), (2, 4)] && collect(I.enumerate("a")) == [(1, 'a')] && collect(I.flatten(["ab", "c"])) == ['a', 'b', 'c'] && sum(I.filter(iseven, 1:4)) === 6 && first(I.drop(1:5, 2)) === 3 && collect(I.reverse(1:3)) == [3, 2, 1] && collect(I.reverse((1, 2))) == [2, 1] && [x for x in I.take(I.repeated(0), 2)] == [0, 0] && length(I.take(1:10, 3)) === 3 && length(I.drop(1:10, 3)) === 7 && eltype(I.take(1:3, 2)) === Int && collect(I.take(I.flatten(I.repeated(1:2)), 3)) == [1, 2, 1] && isempty(I.take(1:3, 0)) && collect(I.take(I.filter(isodd, I.countfrom(1)), 3)) == [1, 3, 5] && [p for p in I.product([1, 2], [3])] == reshape([(1, 3), (2, 3)], 2, 1) && I.nth(1:2:9, 3) === 5 && collect(I.takewhile(!isspace, "ab c")) == ['a', 'b'] && collect(I.flatten(())) == [] && sum(prod, I.product(1:2, 1:2)) === 9 && maximum(I.flatten([1:3, 7:8])) === 8 && join(I.reverse("abc")) == "cba" && collect(I.partition([1, 2, 3], 2))[1] isa SubArray && collect(zip(I.countfrom(), "ab")) == [(1, 'a'), (2, 'b')]
    @test message(() -> I.take(1:3, -1)) == "ArgumentError: Take length must be non-negative" && message(() -> I.partition(1:3, 0)) == "ArgumentError: cannot create partitions of length 0"
    s = I.Stateful([1, 2, 3, 4])
    @test popfirst!(s) === 1 && peek(s) === 2 && collect(I.take(s, 2)) == [2, 3] && !isempty(s) && first(s) === 4 && isempty(s) && peek(s) === nothing
end
@testset "generators and comprehensions" begin
    g = (x^2 for x in 1:3)
    @test collect(g) == [1, 4, 9] && length(g) === 3 && sum(g) === 14 && first(g) === 1 && collect((i, j) for i in 1:2 for j in 1:i) == [(1, 1), (2, 1), (2, 2)] && collect(x for x in 1:4 if iseven(x)) == [2, 4] && size(collect(i * j for i in 1:2, j in 1:3)) == (2, 3) && Set(x % 2 for x in 1:5) == Set([0, 1]) && Dict(x => x^2 for x in 1:2) == Dict(1 => 1, 2 => 4) && join((x for x in "abc" if x != 'b'), "-") == "a-c" && maximum(x^2 for x in -3:2) === 9 && any(x > 2 for x in 1:3) && [x for x in Countdown(3)] == [3, 2, 1] && collect(Unsized()) == [1, 2, 3] && tuple((x for x in 1:3)...) === (1, 2, 3) && [(i, j) for i in 1:3 for j in i:3 if i + j == 4] == [(1, 3), (2, 2)] && [y for x in [[1, 2], [3]] for y in x] == [1, 2, 3] && eltype([x for x in 1:0]) === Int && [x for x in Any[1, 2]] isa Vector{Int} && [x for x in [1, 2.0]] isa Vector{Float64} && [i == 1 ? 1 : "a" for i in 1:2] isa Vector{Any} && [i == 1 ? 1 : nothing for i in 1:2] isa Vector{Union{Nothing,Int}} && string.(c for c in "ab") == ["a", "b"] && sort(collect(x for x in [3, 1])) == [1, 3]
end
@testset "by hand" begin
    @test iterate([1, 2]) === (1, 2) && iterate([1, 2], 3) === nothing && iterate("añ") === ('a', 2) && iterate(1:0) === nothing && iterate((1,)) === (1, 2) && iterate(Countdown(1)) === (1, 0) && length(Countdown(3)) === 3 && sum(Countdown(3)) === 6 && collect(Countdown(2)) == [2, 1] && eltype(Countdown(2)) === Int && 2 in Countdown(3) && maximum(Countdown(4)) === 4 && map(x -> 2x, Countdown(2)) == [4, 2] && collect(zip(Countdown(2), "ab")) == [(2, 'a'), (1, 'b')] && [Countdown(2)...] == [2, 1] && foldl(-, Countdown(3)) === 0 && Set(Countdown(3)) == Set(1:3) && first(Countdown(3)) === 3 && isempty(Countdown(0)) && string(Countdown(2)) == "Countdown(2)"
    (a, b...) = Countdown(3)
    @test a == 3 && collect(b) == [2, 1] && Base.IteratorSize([1]) === Base.HasShape{1}() && Base.IteratorSize(Unsized()) === Base.SizeUnknown() && Base.IteratorSize(Iterators.cycle([1])) === Base.IsInfinite() && Base.IteratorEltype([1]) === Base.HasEltype() && Base.IteratorSize(1:3) isa Base.HasShape && Base.IteratorEltype(x for x in 1:2) === Base.EltypeUnknown() && Base.IteratorSize("abc") === Base.HasLength() && Base.IteratorSize(Iterators.filter(isodd, 1:2)) === Base.SizeUnknown()
    @test_throws MethodError iterate(sin)
    @test_throws MethodError collect(:a)
    @test startswith(message(() -> (for x in :a; end)), "MethodError: no method matching iterate(::Symbol)")
    @test message(() -> ((p, q) = [1])) == "BoundsError: attempt to access 1-element Vector{Int64} at index [2]"
end
