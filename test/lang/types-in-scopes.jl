# Types are defined at the top level of a program, and also in the blocks, loops and testsets there; `using` as well.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test

@testset "in a testset" begin
    struct Box{T}; x::T; end
    Box(x, y) = Box(x + y)
    abstract type Shape end
    struct Square <: Shape
        side::Float64
        Square(side) = side < 0 ? error("negative") : new(side)
    end
    Base.show(io::IO, s::Square) = print(io, "□", s.side)
    mutable struct Late; a; Late() = new(); end
    primitive type Byte 8 end
    @test Box(1).x == 1 && Box(1, 2).x == 3 && string(Square(1)) == "□1.0" && Square <: Shape && !isdefined(Late(), :a) && sizeof(Byte) == 1
    @test_throws ErrorException Square(-1)
    using Base: tail
    @test tail((1, 2)) == (2,)
end

outcome = try
    using Printf
    "found"
catch
    "missing"
end
@test outcome == "found" && @isdefined(Printf)
outcome = try
    using NoSuchPackage
    "found"
catch e
    typeof(e)
end
@test outcome === ArgumentError

seen = []
for i in 1:2
    struct InLoop; i::Int; end
    push!(seen, InLoop(i))
end
@test seen == [InLoop(1), InLoop(2)]
let half = 0.5
    struct InLet{T<:Real}; v::T; end
    @test InLet(half).v == 0.5
end
fault(text) = try
    Core.eval(Main, Meta.parse(text))
    "none"
catch e
    sprint(showerror, e)
end
@test startswith(fault("function f(); struct InFunction end; end"), "syntax: \"struct\" expression not at top level")
@test startswith(fault("function f(); using Printf; end"), "syntax: \"using\" expression not at top level")
@test startswith(fault("let; module InLet end; end"), "syntax: \"module\" expression not at top level")
@test fault("&(1, 2)") == "syntax: invalid syntax &(1, 2)"
