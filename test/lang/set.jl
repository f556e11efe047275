# Set, BitSet, set operations on sets and arrays, unique.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test

@testset "sets" begin
    s = Set([1, 2, 2, 3])
    @test length(s) == 3 && 2 in s && !(5 in s) && s isa Set{Int} && Set() isa Set{Any} && isempty(Set{Int}())
    @test push!(s, 4) === s && length(s) == 4 && delete!(s, 4) === s && !(4 in s) && pop!(s, 3) == 3 && length(s) == 2
    @test_throws KeyError pop!(s, 99)
    @test_throws ArgumentError pop!(Set{Int}())
    @test Set("abca") == Set(['a', 'b', 'c']) && Set(x^2 for x in -2:2) == Set([0, 1, 4]) && Set(["a"]) == Set(("a",)) && Set([1]) == Set([1.0])
    @test sort(collect(Set([3, 1, 2]))) == [1, 2, 3] && sum(Set([1, 2, 3])) == 6 && maximum(Set([1, 5])) == 5 && copy(s) == s
    @test filter(iseven, Set(1:6)) == Set([2, 4, 6]) && filter!(isodd, Set(1:4)) == Set([1, 3]) && Set([[1], [1], [2]]) == Set([[2], [1]])
    @test hash(Set([1, 2])) == hash(Set([2, 1])) && Set([1, 2]) != Set([1]) && isempty(empty!(Set([1]))) && eltype(Set([1])) == Int
    seen = Set{Tuple{Int,Int}}()
    push!(seen, (1, 2), (1, 2))
    @test length(seen) == 1 && (1, 2) in seen && Set([1, "a"]) isa Set{Any} && all(in(Set([1, 2])), [1, 2])
end
@testset "operations" begin
    a, b = Set([1, 2, 3]), Set([2, 3, 4])
    @test union(a, b) == Set(1:4) == a ∪ b && intersect(a, b) == Set([2, 3]) == a ∩ b && setdiff(a, b) == Set([1]) && symdiff(a, b) == Set([1, 4])
    @test issubset(Set([1]), a) && Set([1]) ⊆ a && !(b ⊆ a) && Set([1]) ⊊ a && !(a ⊊ a) && a ⊇ Set([1]) && b ⊈ a && isdisjoint(a, Set([9])) && !isdisjoint(a, b)
    @test union!(Set([1]), [2, 3]) == Set(1:3) && intersect!(Set(1:4), [2, 3, 9]) == Set([2, 3]) && setdiff!(Set(1:4), [1]) == Set(2:4) && symdiff!(Set([1, 2]), [2, 3]) == Set([1, 3])
    @test union([1, 2], [2, 3]) == [1, 2, 3] && intersect([1, 2, 3], [3, 2]) == [2, 3] && setdiff([1, 2, 3, 1], [2]) == [1, 3] && symdiff([1, 2], [2, 3]) == [1, 3]
    @test [1, 2] ⊆ [1, 2, 3] && issetequal([1, 2], [2, 1, 1]) && union(Set([1]), Set([2]), Set([3])) == Set(1:3) && intersect(1:5, 3:8) == 3:5 && union("ab", "bc") == Set("abc")
    @test Set([1, 2]) <= Set([1, 2, 3]) && Set([1]) < Set([1, 2]) && setdiff(Set([1, 2]), Set([1]), Set([2])) == Set{Int}()
end
@testset "unique" begin
    @test unique([3, 1, 3, 2, 1]) == [3, 1, 2] && unique(abs, [1, -1, 2]) == [1, 2] && unique!([1, 1, 2]) == [1, 2] && unique("hello") == ['h', 'e', 'l', 'o'] && unique([]) == []
    @test allunique([1, 2, 3]) && !allunique([1, 2, 1]) && allequal([1, 1]) && !allequal([1, 2]) && allunique("abc") && unique(x % 3 for x in 1:9) == [1, 2, 0]
end
@testset "BitSet" begin
    s = BitSet([3, 100, 1])
    @test collect(s) == [1, 3, 100] && 3 in s && !(2 in s) && length(s) == 3 && push!(s, -5) === s && first(s) == -5 && maximum(s) == 100
    @test delete!(s, 3) === s && !(3 in s) && union(BitSet([1]), BitSet([2])) == BitSet([1, 2]) && repr(BitSet([2, 1])) == "BitSet([1, 2])" && isempty(BitSet())
end
