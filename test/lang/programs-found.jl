# What whole programs of different authors asked for: grids by CartesianIndex, questions about sets, numbers in other bases, code with coefficients.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test

@testset "grids" begin
    g = ['a' 'b'; 'c' 'd']
    @test get(g, CartesianIndex(1, 2), '?') == 'b' && get(g, CartesianIndex(0, 2), '?') == '?' && get(g, CartesianIndex(3, 1), '?') == '?'
    @test get(() -> 'z', g, CartesianIndex(3, 3)) == 'z' && get(() -> 'z', g, (2, 2)) == 'd' && get(() -> 'z', g, (2, 3)) == 'z'
end
@testset "questions about sets" begin
    @test issetequal([1, 2])([2, 1]) && isdisjoint([1])([2]) && !isdisjoint([1])([1, 2])
    @test ⊇([1])([1, 2]) && ⊈([1])([2]) && ⊉([1])([2]) && ⊊([1, 2])([1]) && ⊋([1])([1, 2])
    @test filter(⊆([1, 2, 3]), [[1, 2], [4]]) == [[1, 2]]
end
@testset "bases" begin
    @test_throws DomainError(70, "base must satisfy 2 ≤ abs(base) ≤ 62") string(1, base=70)
    @test_throws DomainError string(1, base=1)
    @test_throws DomainError string(1, base=-1)
    @test string(61, base=-62) == "z" && string(10, base=-2) == "11110"
end
@testset "coefficients" begin
    @test string(:(2x)) == "2x" == string(:(2 * x)) && string(:(2.5x + 1)) == "2.5x + 1" && string(:((2x)^2)) == "(2x) ^ 2"
    @test string(:(x * 2)) == "x * 2" && string(:(2 * f(x))) == "2 * f(x)" && string(:(0x02 * x)) == "0x02 * x" && string(:(2 .* x)) == "2 .* x" && string(:(2 * x * y)) == "2 * x * y"
end
