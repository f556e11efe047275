# SPDX-License-Identifier: MIT
# Tests of what goes to standard error, of inferred types, of ambiguities; and sets of a type of one's own.
# warm: when edited, it looks for ambiguities among all that the program defines
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
using Test
stable(x) = x + 1
unstable(x) = x > 0 ? 1 : "one"
module Ambiguous
f(x::Int, y) = 1
f(x, y::Int) = 2
g(x::Int, y) = 1
g(x, y::Int) = 2
g(x::Int, y::Int) = 3
h(x::Number) = 1
h(x::Int) = 2
end
struct Counting <: Test.AbstractTestSet
    description::String
    seen::Vector{Symbol}
end
Counting(description; options...) = Counting(description, [])
Test.record(ts::Counting, t) = (push!(ts.seen, nameof(typeof(t))); t)
Test.finish(ts::Counting) = (Test.get_testset_depth() > 0 && Test.record(Test.get_testset(), ts); ts)
# CHECK:      Test Summary: | Pass  Broken  Total  Time
# CHECK-NEXT: whole         |   13       1     14  {{[0-9.]+s}}
whole = @testset "whole" begin
    @test (@test_nowarn stable(1)) == 2
    @test (@test_warn "care" (print(stderr, "take care"); 3)) == 3
    @test_warn ["a", "b"] print(stderr, "a b")
    @test_warn isempty nothing
    @test (@inferred stable(1)) === 2
    @test (@inferred Union{Int,String} unstable(1)) === 1
    @test_throws ErrorException @inferred unstable(1)
    found = detect_ambiguities(Ambiguous)
    @test length(found) == 1
    @test all(m -> m.name === :f, found[1])
    @test isempty(detect_ambiguities(Main))
    @test_throws ArgumentError detect_unbound_args(Main)
    @test 1 == 2 broken = true
end
own = @testset Counting "own" begin
    @test true
    @test 1 == 2
    @test_skip 1 == 2
    @testset "within" begin
        @test true
    end
end
println(own.description, " ", own.seen)
# CHECK-NEXT: own [:Pass, :Fail, :Broken, :Counting]
println(@test(1 == 1), " ", whole.n_passed)
# CHECK-NEXT: Test Passed 13
