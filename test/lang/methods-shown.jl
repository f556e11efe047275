# Methods with the names of their arguments and keywords; MethodErrors with those of the keywords. (determinism: line numbers are data, as methods name theirs)
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test, InteractiveUtils

message(f) = try
    f()
    "no error"
catch e
    sprint(showerror, e)
end
const HERE = string("Main ", @__FILE__, ":")
first_lines(m) = split(string(m), '\n')[1]

f(x::Int64, y; k=1) = 1
f(x, ::String, z...) = 2
f(x::Vector{T}, n=1) where {T<:Real} = 3
f(a::Type{T}, b::Union{Int,Nothing}; first=1, kw...) where {T} = 4
struct P{T}
    x::T
    y::Int
end
P(x) = P(x, 1)
g(; a, b=2) = a

@testset "a method" begin
    @test string(@which f(1, 2)) == "f(x::Int64, y; k)\n     @ $(HERE)15"
    @test [first_lines(m) for m in methods(f)] == ["f(x::Int64, y; k)", "f(x, ::String, z...)", "f(x::Vector{T}, n) where T<:Real", "f(x::Vector{T}) where T<:Real", "f(a::Type{T}, b::Union{Nothing, Int64}; first, kw...) where T"]
    @test first_lines(which(g, ())) == "g(; a, b)" && first_lines(which(P, (Int,))) == "P(x)" && first_lines(which(P{Int}, (Int, Int))) == "P{T}(x, y) where T"
    @test length(methods(P)) == 2 && length(methods(P{Int})) == 1
    @test Base.functionloc(f, (Int, Int)) == (@__FILE__, 15) && @functionloc(f(1, 2)) == (@__FILE__, 15)
    @test string(methods(g)) == "# 1 method for generic function \"g\" from Main:\n [1] g(; a, b)\n     @ $(HERE)24"
end
@testset "candidates" begin
    @test occursin("\n  f(!Matched::Int64, !Matched::Any; k)\n   @ $(HERE)15\n", message(() -> f(1.0)))
    @test occursin("\n  f(::Int64, ::Any; k) got unsupported keyword argument \"q\"\n", message(() -> f(1, 2; q=2, k=1)))
    @test occursin("\n  f(::Int64, ::Any; k) got unsupported keyword arguments \"q\", \"r\"\n", message(() -> f(1, 2; q=2, r=1)))
    anonymous = (x, y) -> x
    @test startswith(message(() -> anonymous(1)), "MethodError: no method matching (::var\"")
end
