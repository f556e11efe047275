# Base.IdSet: members are compared by ===.
# RUN: %lig %s
using Test
@testset "IdSet" begin
    a, b = [1], [1]
    s = Base.IdSet{Vector{Int}}()
    push!(s, a)
    @test a in s && !(b in s) && length(s) == 1 && eltype(s) === Vector{Int}
    push!(s, b, a)
    @test length(s) == 2 && only(delete!(copy(s), a)) === b && length(s) == 2
    @test isempty(empty!(s)) && length(Base.IdSet([a, b, a])) == 2 && Base.IdSet() isa Base.IdSet{Any}
end
