# SPDX-License-Identifier: MIT
# When and what assignments assign.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test
@testset "the variable keeps its value until finally has run" begin
    function with_finally(s)
        seen = Any[]
        s = try 2 finally push!(seen, s) end
        return s, seen
    end
    @test with_finally(1) == (2, [1])
    function with_else(s, fails)
        seen = Any[]
        s = try
            fails && error("no")
        catch
            :caught
        else
            :fine
        finally
            push!(seen, s)
        end
        return s, seen
    end
    @test with_else(1, false) == (:fine, [1])
    @test with_else(1, true) == (:caught, [1])
    function out_of_loops(s)
        for i in 1:3
            s = try
                i == 2 && break
                10i
            finally
                s += 1
            end
        end
        return s
    end
    @test out_of_loops(0) == 11
    @test (x = 1; x = (try x + 1 finally x = 10 end); x) == 2
end
@testset "slurping takes what Base.rest gives" begin
    h, t... = "héllo"
    @test t === "éllo"
    a, b... = [1, 2, 3]
    @test b == [2, 3] && b isa Vector{Int}
    _, c... = (1, 2, 3)
    @test c === (2, 3)
    d, e... = Iterators.map(abs2, 1:3)
    @test d == 1 && e isa Iterators.Rest && collect(e) == [4, 9]
    f, g... = Iterators.countfrom(1)
    @test first(g) == 2
    (i...,) = 1:3
    @test i == 1:3
    j..., k = "abc"
    @test j == "ab" && k == 'c'
end
