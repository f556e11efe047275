# SPDX-License-Identifier: MIT
# Functions of Base that programs name now and then: properties changed in one step, shapes, reflection.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test
mutable struct Cell
    n::Int
    s::String
    Cell(n) = new(n)
end
@testset "properties" begin
    c = Cell(1)
    @test swapproperty!(c, :n, 2.0) === 1
    @test modifyproperty!(c, :n, +, 5) === (2 => 7)
    @test replaceproperty!(c, :n, 7, 8) === (old=7, success=true)
    @test replaceproperty!(c, :n, 7, 9) === (old=8, success=false)
    @test setpropertyonce!(c, :s, "first")
    @test !setpropertyonce!(c, :s, "second")
    @test c.s == "first" && c.n == 8
end
@testset "shapes and indices" begin
    @test promote_shape((2, 3), (2, 3, 1)) == (2, 3, 1)
    @test promote_shape([1, 2], [3, 4]) == (Base.OneTo(2),)
    @test_throws DimensionMismatch promote_shape([1, 2], [1, 2, 3])
    @test to_indices([1 2; 3 4], (CartesianIndex(1, 2),)) == (1, 2)
    @test to_indices([1 2; 3 4], (:, [true, false])) == (1:2, [1])
    @test_throws ArgumentError to_indices([1], ("a",))
end
@testset "numbers" begin
    @test nextprod((2, 3), 105) == 108
    @test nextprod([2, 3, 5], 1) == 1
    @test nextprod((7,), 50) == 343
    @test_throws ArgumentError nextprod((), 3)
end
g(x; a, b=1) = x
h(x; rest...) = x
@testset "reflection" begin
    @test hasmethod(g, Tuple{Int}, (:a,))
    @test !hasmethod(g, Tuple{Int}, (:a, :c))
    @test hasmethod(h, Tuple{Int}, (:c,))
    @test !hasmethod(sin, Tuple{Int}, (:c,))
    @test precompile(g, (Int,))
    @test !precompile(g, (Int, Int))
end
module Hidden
local_name = 1
f() = 2
end
@test all(s -> !startswith(string(s), "#ordinal"), names(Hidden; all=true))
@test :f in names(Hidden; all=true) && :local_name in names(Hidden; all=true)
@test sprint(showerror, CapturedException(ErrorException("late"), Any[])) == "late"
module Left; export shared; shared = 1; end
module Right; export shared; shared = 2; end
using .Left, .Right
@test try shared catch e sprint(showerror, e) end ==
    "UndefVarError: `shared` not defined in `Main`\nHint: It looks like two or more modules export different bindings " *
    "with this name, resulting in ambiguity. Try explicitly importing it from a particular module, or qualifying the " *
    "name with the module it should come from."
