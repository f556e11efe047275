# What holds itself is shown once.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test
plain(x) = sprint(show, MIME("text/plain"), x)
@testset "arrays" begin
    a = Any[1]
    push!(a, a)
    @test plain(a) == "2-element Vector{Any}:\n 1\n  2-element Vector{Any}:#= circular reference @-1 =#"
    @test repr(a) == "Any[1, Any[#= circular reference @-1 =#]]"
    m = Any[1 2; 3 4]
    m[1] = m
    @test repr(m) == "Any[Any[#= circular reference @-1 =#] 2; 3 4]"
    @test occursin("2×2 Matrix{Any}:#= circular reference @-1 =#", plain(m))
    c = Array{Any}(undef, 1, 1, 1)
    c[1] = c
    @test occursin("circular reference @-1", repr(c))
    @test occursin("circular reference @-1", plain(c))
end
@testset "references" begin
    r = Ref{Any}(1)
    @test repr(r) == "Base.RefValue{Any}(1)"
    r[] = r
    @test repr(r) == "Base.RefValue{Any}(Base.RefValue{Any}(#= circular reference @-1 =#))"
    @test plain(r) == repr(r)
    @test repr(Ref{Any}()) == "Base.RefValue{Any}(#undef)"
    @test repr([Ref(1)]) == "Base.RefValue{Int64}[Base.RefValue{Int64}(1)]"
end
