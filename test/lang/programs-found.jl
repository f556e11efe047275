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
@testset "columns put together" begin
    @test [1; [2, 3]] == [1, 2, 3] && [[1.5]; 2; 3:4] == [1.5, 2, 3, 4] && ["a"; ["b"]] == ["a", "b"] && [1; "a"; [:b]] == Any[1, "a", :b]
    @test vcat([1], [2.5]) isa Vector{Float64} && vcat('a', "bc") == ['a', "bc"] && [1:2; 5] == [1, 2, 5] && vcat(ntuple(identity, 20)...) == 1:20 && vcat(ntuple(i -> [i], 20)...) == 1:20 && vcat(ntuple(i -> isodd(i) ? i : [i], 20)...) == 1:20
    @test [1 2; [3 4]] == [1 2; 3 4] && [[1, 2] [3, 4]; [5 6]] == [1 3; 2 4; 5 6] && vcat([1 2], [3 4]) == [1 2; 3 4]
    @test reduce(vcat, [[i, -i] for i in 1:20_000])[[1, 2, end]] == [1, -1, -20_000]
    @test reduce(vcat, [[1], [2.5]]) == [1, 2.5] && reduce(vcat, Any[[1], 2]) == [1, 2] && reduce(vcat, [[1, 2]]) == [1, 2] && reduce(vcat, [1:2, 5:6]) == [1, 2, 5, 6] && reduce(vcat, [[1], [2]]; init=[0]) == [0, 1, 2] && reduce(vcat, [[1 2], [3 4]]) == [1 2; 3 4]
    @test reduce(hcat, [[1, 2], [3, 4]]) == [1 3; 2 4] && reduce(hcat, [[1, 2], [3.5, 4]]) isa Matrix{Float64} && reduce(hcat, [1:2, 3:4]) == [1 3; 2 4]
    @test_throws ArgumentError reduce(vcat, Vector{Int}[])
    @test_throws DimensionMismatch reduce(hcat, [[1, 2], [3]])
end
@testset "absent values among others" begin
    @test identity.(Any[1, 2.5, nothing]) isa Vector{Union{Nothing,Real}} && map(identity, Any[1, nothing, missing]) isa Vector{Union{Missing,Nothing,Int}}
    @test [x for x in Any[1, 2.5, nothing, missing]] isa Vector{Union{Missing,Nothing,Real}} && map(identity, Any[nothing, "a", 1]) isa Vector{Any}
end
