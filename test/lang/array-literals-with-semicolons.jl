# [a; b;; c; d]: all shapes, even and uneven.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test
@testset "even" begin
    @test [1;; 2] == [1 2] && [1; 2;; 3; 4] == [1 3; 2 4]
    @test [1 2; 3 4;;; 5 6; 7 8] == cat([1 2; 3 4], [5 6; 7 8]; dims = 3)
    @test size([1;;;]) == (1, 1, 1) && size([1;;;; 2]) == (1, 1, 1, 2)
    @test Float64[1;; 2] isa Matrix{Float64}
    @test size([1 2;;; 3 4]) == (1, 2, 2)
end
x = [1, 2]
xs = (3, 4)
@testset "of arrays and splats" begin
    @test [x;; x] == [1 1; 2 2] && size([x;;; x]) == (2, 1, 2)
    @test [x; 3;; 4; x] == [1 4; 2 1; 3 2]
    @test [x; 3;; 4; 5; 6] == [1 4; 2 5; 3 6]
    @test [xs...;; 5] == [3 4 5] && [xs...; 1;; 5; 6; 7] == [3 5; 4 6; 1 7]
    @test [x x; 3 4] == [1 1; 2 2; 3 4]
    @test Int8[x; 3;; 4; 5; 6] isa Matrix{Int8}
end
@testset "that do not fit" begin
    @test_throws DimensionMismatch [1; 2;; 3; 4; 5]
    @test_throws DimensionMismatch [1 2; 3]
    @test_throws DimensionMismatch [x x; 3]
    @test_throws DimensionMismatch [1 2;;; 3 4 5]
end
