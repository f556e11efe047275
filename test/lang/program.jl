# determinism: line numbers are data, it tests its own name
# What a program knows of itself and what it includes; annotations of loops; abstract types of Base as supertypes.
# RUN: %lig %s first second
# RUN: %lig --compile=min %s first second
using Test

struct Squares <: AbstractDict{Int,Int}
    upto::Int
end
Base.length(s::Squares) = s.upto
Base.iterate(s::Squares, i=1) = i > s.upto ? nothing : (i => i^2, i + 1)
Base.get(s::Squares, k, default) = k isa Int && 1 <= k <= s.upto ? k^2 : default

function sum_simd(a)
    s = zero(eltype(a))
    @inbounds @simd for i in eachindex(a)
        s += a[i]
    end
    return s
end

@testset "program" begin
    @test basename(PROGRAM_FILE) == "program.jl" && ARGS == ["first", "second"] && isfile(PROGRAM_FILE)
    @test basename(@__FILE__) == "program.jl" && joinpath(@__DIR__, "program.jl") == abspath(PROGRAM_FILE)
    mktempdir() do folder
        path = joinpath(folder, "part.jl")
        write(path, "included_value = 41\nincluded_value + 1\n")
        @test include(path) == 42 && included_value == 41
    end
end
@testset "annotations" begin
    @test sum_simd([1, 2, 3]) === 6 && sum_simd(Float64[]) === 0.0 && sum_simd([0.5, 0.25]) === 0.75
end
@testset "abstract types" begin
    s = Squares(3)
    @test s isa AbstractDict && s[2] == 4 && haskey(s, 3) && !haskey(s, 9) && length(s) == 3 && sum(values(s)) == 14 && collect(keys(s)) == [1, 2, 3] && Dict(s) == Dict(1 => 1, 2 => 4, 3 => 9) && s == Dict(1 => 1, 2 => 4, 3 => 9) && (1 => 1) in s
    @test_throws KeyError s[7]
end
