# How values print: show and print of scalars, strings, tuples, arrays, dictionaries, structs, functions, types.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test

struct Point
    x::Int
    y::Float64
end
struct Box{T}
    value::T
end
mutable struct Node
    next::Any
end
struct Empty end
module Inner
struct Thing
    a
end
thing(x) = x
end
struct Shown
    v
end
Base.show(io::IO, s::Shown) = print(io, "<", s.v, ">")
double(x) = 2x

@testset "scalars" begin
    @test repr(1) == "1" && repr(-5) == "-5" && repr(0x1f) == "0x1f" && repr(UInt(1)) == "0x0000000000000001" && repr(Int8(3)) == "3" && repr(true) == "true"
    @test repr(nothing) == "nothing" && repr(missing) == "missing" && string(nothing) == "nothing" && repr(:a) == ":a" && repr(Symbol("a b")) == "Symbol(\"a b\")" && repr(:+) == ":+"
    @test repr(pi) == "π" && repr(1:3) == "1:3" && repr(1:2:7) == "1:2:7" && repr(0.0:0.5:1.0) == "0.0:0.5:1.0" && repr(Base.OneTo(3)) == "Base.OneTo(3)"
end
@testset "tuples and pairs" begin
    @test repr((1, "a", 'b', :c)) == "(1, \"a\", 'b', :c)" && repr((1,)) == "(1,)" && repr(()) == "()" && string((1, 2.0)) == "(1, 2.0)"
    @test repr((a=1, b="x")) == "(a = 1, b = \"x\")" && repr((a=1,)) == "(a = 1,)" && repr(NamedTuple()) == "NamedTuple()"
    @test repr(1 => 2) == "1 => 2" && repr("a" => 'b') == "\"a\" => 'b'" && repr((1 => 2) => 3) == "(1 => 2) => 3" && repr(Pair{Any,Any}(1, 2)) == "Pair{Any, Any}(1, 2)"
    @test repr(1 => (2, 3)) == "1 => (2, 3)" && repr([1 => 2]) == "[1 => 2]" && repr(CartesianIndex(1, 2)) == "CartesianIndex(1, 2)"
end
@testset "vectors in one line" begin
    @test repr([1, 2, 3]) == "[1, 2, 3]" && repr(Int[]) == "Int64[]" && repr([]) == "Any[]" && repr([1.5, 2.0]) == "[1.5, 2.0]" && repr(["a", "b"]) == "[\"a\", \"b\"]"
    @test repr(Any[1, "a"]) == "Any[1, \"a\"]" && repr([true, false]) == "Bool[1, 0]" && repr(Int8[1, 2]) == "Int8[1, 2]" && repr(UInt8[1, 2]) == "UInt8[0x01, 0x02]" && repr(Float32[1, 2]) == "Float32[1.0, 2.0]"
    @test repr(['a', 'b']) == "['a', 'b']" && repr([:a, :b]) == "[:a, :b]" && repr([1, nothing]) == "Union{Nothing, Int64}[1, nothing]" && repr([(1, "a")]) == "[(1, \"a\")]"
    @test repr([[1, 2], [3]]) == "[[1, 2], [3]]" && repr([Int[], [1]]) == "[Int64[], [1]]" && repr([nothing]) == "[nothing]" && string([1, 2]) == "[1, 2]" && repr(String[]) == "String[]"
    @test repr(Real[1, 2.5]) == "Real[1, 2.5]" && repr([(true, 1)]) == "Tuple{Bool, Int64}[(1, 1)]" && repr(Vector{Any}(undef, 1)) == "Any[#undef]"
end
@testset "matrices in one line" begin
    @test repr([1 2; 3 4]) == "[1 2; 3 4]" && repr([1.0 2.0]) == "[1.0 2.0]"
    @test repr(zeros(Int, 0, 2)) == "Matrix{Int64}(undef, 0, 2)" && repr([1; 2;;]) == "[1; 2;;]" && repr(["a" "b"]) == "[\"a\" \"b\"]" && repr(Bool[1 0; 0 1]) == "Bool[1 0; 0 1]" && repr(zeros(Int, 1, 1, 2)) == "[0;;; 0]"
end
@testset "the display form" begin
    shown(x) = sprint(show, MIME("text/plain"), x)
    limited(x) = sprint(show, MIME("text/plain"), x; context=:limit => true)
    @test shown([1, 2, 10]) == "3-element Vector{Int64}:\n  1\n  2\n 10"
    @test shown([1.5, 10.25]) == "2-element Vector{Float64}:\n  1.5\n 10.25"
    @test shown(["a", "bc"]) == "2-element Vector{String}:\n \"a\"\n \"bc\""
    @test shown([1 2; 30 4]) == "2×2 Matrix{Int64}:\n  1  2\n 30  4"
    @test shown([1.0 2.5; 100.0 -3.25]) == "2×2 Matrix{Float64}:\n   1.0   2.5\n 100.0  -3.25"
    @test shown(Int[]) == "Int64[]" && shown(zeros(0, 3)) == "0×3 Matrix{Float64}" && shown([true]) == "1-element Vector{Bool}:\n 1"
    @test limited(collect(1:100)) == string("100-element Vector{Int64}:\n", join([lpad(i, 4) for i in 1:10], "\n"), "\n   ⋮\n", join([lpad(i, 4) for i in 92:100], "\n"))
    @test shown(Any[1, "a", nothing]) == "3-element Vector{Any}:\n 1\n  \"a\"\n  nothing" && shown([1, missing]) == "2-element Vector{Union{Missing, Int64}}:\n 1\n  missing"
    @test shown(1:3) == "1:3" && shown("a") == "\"a\"" && shown(:a) == ":a" && shown((1, 2)) == "(1, 2)"
    @test shown(Dict("a" => 1)) == "Dict{String, Int64} with 1 entry:\n  \"a\" => 1" && shown(Dict("aaa" => 1, "b" => 2)) == "Dict{String, Int64} with 2 entries:\n  \"aaa\" => 1\n  \"b\"   => 2" || shown(Dict("aaa" => 1, "b" => 2)) == "Dict{String, Int64} with 2 entries:\n  \"b\"   => 2\n  \"aaa\" => 1"
    @test shown(Set([1])) == "Set{Int64} with 1 element:\n  1" && shown(double) == "double (generic function with 1 method)" && shown(zeros(2, 1)) == "2×1 Matrix{Float64}:\n 0.0\n 0.0"
    @test shown(reshape(1:8, 2, 2, 2) |> collect) == "2×2×2 Array{Int64, 3}:\n[:, :, 1] =\n 1  3\n 2  4\n\n[:, :, 2] =\n 5  7\n 6  8"
end
@testset "dictionaries and sets" begin
    @test repr(Dict{Int,Int}()) == "Dict{Int64, Int64}()" && repr(Dict(1 => "a")) == "Dict(1 => \"a\")" && repr(Dict("a" => true)) == "Dict{String, Bool}(\"a\" => 1)" && repr(Dict("a" => Any[1])) == "Dict{String, Vector{Any}}(\"a\" => [1])"
    @test repr(Set([1])) == "Set([1])" && repr(Set{Int}()) == "Set{Int64}()" && repr(Set(Any["a"])) == "Set(Any[\"a\"])" && repr(keys(Dict(1 => 2))) == "[1]" && repr(Dict(1 => Dict(2 => 3))) == "Dict(1 => Dict(2 => 3))"
end
@testset "structs" begin
    @test repr(Point(1, 2)) == "Point(1, 2.0)" && repr(Box(1)) == "Box{Int64}(1)" && repr(Box("a")) == "Box{String}(\"a\")" && repr(Empty()) == "Empty()" && repr(Inner.Thing(1)) == "Main.Inner.Thing(1)"
    @test repr(Shown(3)) == "<3>" && string(Shown(3)) == "<3>" && repr([Shown(1)]) == "Shown[<1>]" && "$(Shown(2))" == "<2>" && repr((Shown(1),)) == "(<1>,)" && repr(Box(Shown(1))) == "Box{Shown}(<1>)"
    n = Node(nothing)
    n.next = n
    @test occursin("circular reference", repr(n)) && repr(Node(1)) == "Node(1)" && repr(Ref(1)) == "Base.RefValue{Int64}(1)" && repr(Some(1)) == "Some(1)"
end
@testset "types, functions, modules" begin
    @test repr(Int) == "Int64" && repr(Vector{Int}) == "Vector{Int64}" && repr(Matrix{Float64}) == "Matrix{Float64}" && repr(Array{Int,3}) == "Array{Int64, 3}" && repr(Dict{String,Int}) == "Dict{String, Int64}" && repr(Union{Int,String}) == "Union{Int64, String}"
    @test repr(Tuple{Int,String}) == "Tuple{Int64, String}" && repr(Point) == "Point" && repr(Box) == "Box" && repr(Vector) == "Vector" && repr(Box{Int}) == "Box{Int64}" && repr(NTuple{2,Int}) == "Tuple{Int64, Int64}" && repr(typeof(1:2)) == "UnitRange{Int64}"
    @test repr(sin) == "sin" && repr(double) == "double" && repr(Main) == "Main" && repr(Inner.thing) == "Main.Inner.thing" && repr(+) == "+" && repr(typeof(sin)) == "typeof(sin)" && string(Base) == "Base"
    @test repr(:(x + 1)) == ":(x + 1)" && string(:(f(x, y))) == "f(x, y)" && repr(:(a = 1)) == ":(a = 1)" && repr(QuoteNode(:a)) == ":(:a)" && repr(v"1.2.3") == "v\"1.2.3\""
end
