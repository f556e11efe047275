# SPDX-License-Identifier: MIT
# Dimensions that an array does not have, and other arguments outside of what a function is defined for.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test
m = [2 1; 4 3]
@testset "dimensions" begin
    @test_throws ArgumentError permutedims(m, (1, 1))
    @test_throws ArgumentError permutedims(m, (1,))
    @test_throws ArgumentError permutedims(ones(2, 3), (2, 2))
    @test cumsum([1, 2], dims=5) == [1, 2] && cumsum([1, 2]; dims=1) == [1, 3] && cumprod([2, 3]; dims=2) == [2, 3]
    @test_throws ArgumentError cumprod(m, dims=0)
    @test_throws ArgumentError sum(m, dims=0)
    @test_throws ArgumentError maximum(m, dims=-1)
    @test sum(m, dims=3) == m && sum(m; dims=(1, 2)) == fill(10, 1, 1)
    @test_throws ArgumentError reverse([1, 2], dims=2)
    @test_throws ArgumentError reverse([1 2], dims=0)
    @test reverse(m; dims=1) == [4 3; 2 1] && reverse(m; dims=(1, 2)) == [3 4; 1 2]
    @test_throws ArgumentError dropdims(ones(1, 1, 2); dims=(1, 1))
    @test_throws ArgumentError dropdims(ones(1, 2); dims=3)
    @test_throws ArgumentError dropdims(ones(1, 2); dims=2)
    @test dropdims(ones(1, 2, 1); dims=(1, 3)) == [1, 1]
    @test_throws ArgumentError sort(m, dims=0)
    @test_throws ArgumentError sort(m, dims=3)
    @test sort(m; dims=2) == [1 2; 3 4]
end
@testset "domains" begin
    @test_throws DomainError exponent(0.0)
    @test_throws DomainError exponent(Inf)
    @test exponent(8.0) == 3 && exponent(0.75f0) == -1
    @test_throws DomainError(0, "`m` must not be 0.") invmod(3, 0)
end
