# Sorting and searching in sorted collections: orders, stability, permutations, partial sorts, algorithms.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test

struct Card
    rank::Int
    suit::Char
end
Base.isless(a::Card, b::Card) = isless(a.rank, b.rank)
struct Length
    metres::Float64
end
Base.:<(a::Length, b::Length) = a.metres < b.metres

words = ["pear", "fig", "apple", "kiwi", "date", "plum"]
@testset "orders" begin
    @test sort([3, 1, 2]) == [1, 2, 3] && sort([3, 1, 2]; rev=true) == [3, 2, 1] && sort(words) == ["apple", "date", "fig", "kiwi", "pear", "plum"] && sort(words; by=length) == ["fig", "pear", "kiwi", "date", "plum", "apple"] && sort(words; by=length, rev=true) == ["apple", "pear", "kiwi", "date", "plum", "fig"] && sort([3, -1, 2]; by=abs) == [-1, 2, 3] && sort([1, 2, 3]; lt=(a, b) -> a > b) == [3, 2, 1] && sort([1, 2, 3]; lt=(>)) == [3, 2, 1] && sort([2, 1]; order=Base.Order.Reverse) == [2, 1] && sort([0.5, NaN, -1.0])[3] !== 0.5 && isequal(sort([NaN, 1.0, -0.0, 0.0]), [-0.0, 0.0, 1.0, NaN]) && sort(['b', 'a']) == ['a', 'b'] && sort([true, false]) == [false, true] && sort([(2, 'a'), (1, 'b'), (1, 'a')]) == [(1, 'a'), (1, 'b'), (2, 'a')] && sort([[2], [1, 5], [1]]) == [[1], [1, 5], [2]] && sort([:b, :a]) == [:a, :b] && sort(Any[2, 1.5, 0x01]) == [1, 1.5, 2] && sort(Int[]) == [] && sort([1]) == [1] && sort([3, 1, 2]; by=x -> -x) == [3, 2, 1] && sort(["b", "A", "c"]; by=lowercase) == ["A", "b", "c"] && sort(1:3; rev=true) == [3, 2, 1] && sort(3:-1:1) == [1, 2, 3] && sort((3, 1, 2)) == (1, 2, 3) && sort([1 => 2, 1 => 1]) == [1 => 1, 1 => 2] && sort([Card(3, 'a'), Card(1, 'b')])[1].rank == 1 && sort(collect("hello")) == ['e', 'h', 'l', 'l', 'o'] && join(sort(collect("hello"))) == "ehllo" && sort(collect(Dict(2 => 'a', 1 => 'b'))) == [1 => 'b', 2 => 'a'] && sort(collect(Set([3, 1]))) == [1, 3] && sort([2.5, 1]; rev=false) == [1.0, 2.5] && sort([0x03, 0x01]) == [0x01, 0x03] && sort(Int8[5, -5]) == [-5, 5]
    @test sort!([3, 1, 2]) == [1, 2, 3] && (v = [3, 1, 2]; sort!(v; rev=true) === v && v == [3, 2, 1]) && sort!(["b", "a"]; by=identity) == ["a", "b"] && (w = [5, 3, 1]; sort(w); w == [5, 3, 1]) && sort!(view([3, 2, 1, 0], 1:3)) == [1, 2, 3] && sort([3, 1, 2]; alg=QuickSort) == [1, 2, 3] && sort([3, 1, 2]; alg=MergeSort) == [1, 2, 3] && sort([3, 1, 2]; alg=InsertionSort) == [1, 2, 3] && sort([2, 1]; lt=isless, by=abs, rev=true) == [2, 1] && sort([1, missing, 0]) |> first == 0 && ismissing(last(sort([1, missing, 0])))
    long = [(i * 7919) % 1009 for i in 1:3000]
    s = sort(long)
    @test issorted(s) && length(s) == 3000 && sort(long; rev=true) == reverse(s) && sort(string.(long))[1] == minimum(string.(long)) && sort(Float64.(long)) == s && sort(long; by=x -> -x) == reverse(s) && s[1] == minimum(long) && sum(s) == sum(long) && sort(fill(1, 500)) == fill(1, 500) && sort(collect(1000:-1:1)) == 1:1000 && issorted(sort(long .% 7))
    pairs_ = [(x % 10, i) for (i, x) in enumerate(long)]
    @test all(p -> p[1][1] < p[2][1] || p[1][2] < p[2][2], zip(sort(pairs_; by=first), sort(pairs_; by=first)[2:end]))
    @test all(p -> p[1][1] > p[2][1] || (p[1][1] == p[2][1] && p[1][2] < p[2][2]), zip(sort(pairs_; by=first, rev=true), sort(pairs_; by=first, rev=true)[2:end]))
    @test_throws MethodError sort([1, "a"])
    @test_throws MethodError sort([Length(2), Length(1)])
end
@testset "permutations and partial sorts" begin
    @test sortperm([30, 10, 20]) == [2, 3, 1] && sortperm([30, 10, 20]; rev=true) == [1, 3, 2] && sortperm(["bb", "a"]; by=length) == [2, 1] && sortperm([2, 1, 2, 1]) == [2, 4, 1, 3] && sortperm([2, 1, 2, 1]; rev=true) == [1, 3, 2, 4] && sortperm!([0, 0, 0], [3, 1, 2]) == [2, 3, 1] && invperm([2, 3, 1]) == [3, 1, 2] && isperm([2, 1]) && !isperm([1, 1]) && permute!([10, 20, 30], [3, 1, 2]) == [30, 10, 20] && invpermute!([10, 20, 30], [3, 1, 2]) == [20, 30, 10] && [10, 20, 30][sortperm([3, 1, 2])] == [20, 30, 10] && sortperm(Float64[]) == []
    @test partialsort([5, 3, 1, 4], 2) == 3 && partialsort([5, 3, 1, 4], 1:2) == [1, 3] && partialsort([5, 3, 1], 1; rev=true) == 5 && (v = [5, 3, 1, 4]; partialsort!(v, 2) == 3 && v[2] == 3) && partialsortperm([30, 10, 20], 1) == 2 && partialsortperm([30, 10, 20], 1:2) == [2, 3] && partialsortperm([30, 10, 20], 1:2; rev=true) == [1, 3] && partialsort(["bb", "a", "ccc"], 1; by=length) == "a" && partialsort!([3, 2, 1], 1:2) == [1, 2]
    @test issorted([1, 2, 2]) && !issorted([2, 1]) && issorted([2, 1]; rev=true) && issorted(["a", "bb"]; by=length) && issorted(Int[]) && issorted(1:3) && !issorted(3:-1:1) && issorted((1, 2)) && issorted([1, 2, 3]; lt=<) && issorted("abc") && issorted([(1, 2), (1, 3)]) && issorted([1, 1]; rev=true)
end
@testset "in sorted collections" begin
    a = [1, 3, 3, 5]
    @test searchsortedfirst(a, 3) == 2 && searchsortedlast(a, 3) == 3 && searchsorted(a, 3) == 2:3 && searchsorted(a, 4) == 4:3 && searchsortedfirst(a, 0) == 1 && searchsortedfirst(a, 9) == 5 && searchsortedlast(a, 0) == 0 && searchsortedfirst(reverse(a), 3; rev=true) == 2 && insorted(3, a) && !insorted(4, a) && searchsortedfirst(["a", "bbb"], "cc"; by=length) == 2 && searchsortedfirst(1:2:9, 4) == 3 && searchsorted(1:5, 3) == 3:3 && searchsortedlast([1.0, 2.0], 1.5) == 1 && searchsortedfirst(Int[], 1) == 1 && searchsortedfirst(a, 3; lt=<) == 2 && searchsortedlast(1:0, 1) == 0 && insert!(a, searchsortedfirst(a, 4), 4) == [1, 3, 3, 4, 5]
end
