# A NamedTuple type has Symbols for names, each once, and as many field types.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test
message(f) = try f() catch e; sprint(showerror, e) end
named(names, T...) = NamedTuple{names,T...}
@testset "refused" begin
    @test_throws TypeError named((1, 2))
    @test_throws TypeError NamedTuple{(1, 2)}((1, 2))
    @test_throws TypeError named(1)
    @test_throws TypeError named((:a, "b"))
    @test_throws TypeError named((:a,), Int)
    @test message(() -> named((:a, :a))) == "duplicate field name in NamedTuple: \"a\" is not unique"
    @test message(() -> NamedTuple{(:a, :a)}((1, 2))) == "duplicate field name in NamedTuple: \"a\" is not unique"
    @test message(() -> named((:a,), Tuple{Int,Int})) == "NamedTuple names and field types must have matching lengths"
    @test message(() -> named((:a,), Tuple{Vararg{Int}})) == "NamedTuple names and field types must have matching lengths"
    @test_throws TypeError (Vector{NamedTuple{N,Tuple{Int}}} where {N}){(1,)}
    @test_throws ErrorException (NamedTuple{N,Tuple{Int}} where {N}){(:a, :b)}
end
@testset "accepted" begin
    @test named((:a,))((1,)) === (a=1,)
    @test named((:a,), Tuple{Int})((1,)) === (a=1,)
    @test (NamedTuple{N,Tuple{Int}} where {N}){(:a,)} === typeof((a=1,))
    @test NamedTuple{(),Tuple{}}(()) === NamedTuple()
    @test (NamedTuple{(:a,),T} where {T<:Tuple{Int}}) <: NamedTuple{(:a,)}
end
@testset "keyword arguments" begin
    f(; a::Int=1) = a
    @test message(() -> f(a="x")) == "TypeError: in keyword argument a, expected Int64, got a value of type String"
    @test message(() -> f(; Dict("a" => 1)...)) == "TypeError: in typeassert, expected Symbol, got a value of type String"
    @test_throws TypeError f(; [(1, 2)]...)
    @test f(; Dict(:a => 5)...) == 5
end
