# What display and MIME"text/plain" give: a summary, then the elements aligned in columns, cut to the screen when :limit asks for it.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test

plain(x) = sprint(show, MIME("text/plain"), x)
screen(x; size=(24, 80)) = sprint(show, MIME("text/plain"), x; context=(IOContext(stdout, :limit => true, :displaysize => size)))

@testset "vectors" begin
    @test plain([1, 20, 300]) == "3-element Vector{Int64}:\n   1\n  20\n 300"
    @test plain([1.5, 20.25, -3.0]) == "3-element Vector{Float64}:\n  1.5\n 20.25\n -3.0"
    @test plain(["a", "bcd"]) == "2-element Vector{String}:\n \"a\"\n \"bcd\""
    @test plain(Int[]) == "Int64[]" && plain([]) == "Any[]" && plain(String[]) == "String[]"
    @test plain(Any[1, "a", 2.5, nothing, :s]) == "5-element Vector{Any}:\n 1\n  \"a\"\n 2.5\n  nothing\n  :s"
    @test plain([1, nothing]) == "2-element Vector{Union{Nothing, Int64}}:\n 1\n  nothing"
    @test plain(['a', '\n']) == "2-element Vector{Char}:\n 'a': ASCII/Unicode U+0061 (category Ll: Letter, lowercase)\n '\\n': ASCII/Unicode U+000A (category Cc: Other, control)"
    @test plain([true, false]) == "2-element Vector{Bool}:\n 1\n 0" && plain([1, 2] .> 1) == "2-element BitVector:\n 0\n 1"
    @test plain([[1, 2], [3]]) == "2-element Vector{Vector{Int64}}:\n [1, 2]\n [3]" && plain([(1, 2), (3, 4)]) == "2-element Vector{Tuple{Int64, Int64}}:\n (1, 2)\n (3, 4)"
    @test plain([1 => "a", 10 => "b"]) == "2-element Vector{Pair{Int64, String}}:\n  1 => \"a\"\n 10 => \"b\""
    @test plain(Float32[1, 2.5]) == "2-element Vector{Float32}:\n 1.0\n 2.5" && plain([:a, :bb]) == "2-element Vector{Symbol}:\n :a\n :bb" && plain(UInt8[1, 255]) == "2-element Vector{UInt8}:\n 0x01\n 0xff"
    @test plain([1.0, NaN, Inf]) == "3-element Vector{Float64}:\n   1.0\n NaN\n  Inf" && plain([1e10, 1.0]) == "2-element Vector{Float64}:\n 1.0e10\n 1.0" && plain([missing, 1]) == "2-element Vector{Union{Missing, Int64}}:\n  missing\n 1"
    @test plain(Vector{String}(undef, 1)) == "1-element Vector{String}:\n #undef" && plain([0.1, 100.123456789]) == "2-element Vector{Float64}:\n   0.1\n 100.123456789"
end
@testset "matrices" begin
    @test plain([1 2; 30 4]) == "2×2 Matrix{Int64}:\n  1  2\n 30  4"
    @test plain([1.5 2; 30 4.25]) == "2×2 Matrix{Float64}:\n  1.5  2.0\n 30.0  4.25"
    @test plain(["a" "bb"; "ccc" "d"]) == "2×2 Matrix{String}:\n \"a\"    \"bb\"\n \"ccc\"  \"d\""
    @test plain([true false]) == "1×2 Matrix{Bool}:\n 1  0" && plain(zeros(0, 2)) == "0×2 Matrix{Float64}" && plain(trues(1, 2)) == "1×2 BitMatrix:\n 1  1"
    @test plain([1, 2]') == "1×2 adjoint(::Vector{Int64}) with eltype Int64:\n 1  2" && plain(transpose([1 2; 3 4])) == "2×2 transpose(::Matrix{Int64}) with eltype Int64:\n 1  3\n 2  4"
    @test plain(view([1 2; 3 4], :, 1)) == "2-element view(::Matrix{Int64}, :, 1) with eltype Int64:\n 1\n 3" && plain(view([1, 2, 3], 2:3)) == "2-element view(::Vector{Int64}, 2:3) with eltype Int64:\n 2\n 3"
    @test plain(zeros(Int, 1, 2, 2)) == "1×2×2 Array{Int64, 3}:\n[:, :, 1] =\n 0  0\n\n[:, :, 2] =\n 0  0"
    @test plain([1/3 2/3]) == "1×2 Matrix{Float64}:\n 0.333333  0.666667" && plain([1.0 1e10]) == "1×2 Matrix{Float64}:\n 1.0  1.0e10" && plain([1 nothing]) == "1×2 Matrix{Union{Nothing, Int64}}:\n 1  nothing" && plain(Any[1 "a"; 2.5 :b]) == "2×2 Matrix{Any}:\n 1    \"a\"\n 2.5  :b" && plain(fill(5)) == "0-dimensional Array{Int64, 0}:\n5"
    @test plain([-1 10; 5 -100]) == "2×2 Matrix{Int64}:\n -1    10\n  5  -100" && plain(Float32[1 2]) == "1×2 Matrix{Float32}:\n 1.0  2.0"
end
@testset "collections" begin
    @test plain(Dict("a" => 1)) == "Dict{String, Int64} with 1 entry:\n  \"a\" => 1" && plain(Dict{Int,Int}()) == "Dict{Int64, Int64}()" && plain(Dict(1 => [1, 2])) == "Dict{Int64, Vector{Int64}} with 1 entry:\n  1 => [1, 2]" && plain(Set([1])) == "Set{Int64} with 1 element:\n  1" && plain(Set{Int}()) == "Set{Int64}()" && plain((1, 2)) == "(1, 2)" && plain((a=1,)) == "(a = 1,)" && plain(1 => 2) == "1 => 2" && plain("a\nb") == "\"a\\nb\"" && plain(:a) == ":a" && plain(1:3) == "1:3" && plain(nothing) == "nothing" && plain(1.5) == "1.5" && plain(BitSet([1])) == "BitSet with 1 element:\n  1" && plain(keys(Dict(1 => 2))) == "KeySet for a Dict{Int64, Int64} with 1 entry. Keys:\n  1" && plain(values(Dict(1 => 2))) == "ValueIterator for a Dict{Int64, Int64} with 1 entry. Values:\n  2" && plain(pairs((a=1,))) == "pairs(::NamedTuple) with 1 entry:\n  :a => 1" && plain(pairs([5])) == "pairs(::Vector{Int64}) with 1 entry:\n  1 => 5"
    @test plain(Int) == "Int64" && plain(sin) == "sin (generic function with $(length(methods(sin))) methods)" && plain(x -> x) |> s -> startswith(s, "#") && endswith(s, "(generic function with 1 method)")
    @test plain(+) |> startswith("+ (generic function with") && plain(typeof) == "typeof (built-in function)" && plain(Base) == "Base" && plain(ErrorException("a")) == "ErrorException(\"a\")" && plain(:(a + b)) == ":(a + b)" && plain([1:2]) == "1-element Vector{UnitRange{Int64}}:\n 1:2" && plain(0xff) == "0xff"
end
@testset "cut to the screen" begin
    @test screen(collect(1:30); size=(10, 80)) == "30-element Vector{Int64}:\n  1\n  2\n  3\n  ⋮\n 29\n 30"
    @test screen(collect(1:5)) == "5-element Vector{Int64}:\n 1\n 2\n 3\n 4\n 5" && startswith(screen(collect(1:100)), "100-element Vector{Int64}:\n   1\n   2\n") && occursin("\n   ⋮\n", screen(collect(1:100))) && endswith(screen(collect(1:100)), "\n  99\n 100") && length(split(screen(collect(1:100)), "\n")) == 21
    @test screen(zeros(2, 30)) |> s -> occursin("…", s) && all(l -> textwidth(l) <= 80, split(s, "\n")) && startswith(s, "2×30 Matrix{Float64}:\n 0.0  0.0")
    @test occursin("⋮", screen(Dict(i => i for i in 1:100))) && length(split(screen(Dict(i => i for i in 1:100)), "\n")) <= 21 && occursin("⋮", screen(Set(1:100))) && screen(collect(1:3)) == plain(collect(1:3)) && sprint(show, collect(1:100); context=:limit => true) == "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10  …  91, 92, 93, 94, 95, 96, 97, 98, 99, 100]" && occursin("…", sprint(show, Dict(i => i for i in 1:30); context=:limit => true)) && !occursin("…", string(collect(1:100)))
    @test screen(zeros(100, 100)) |> s -> occursin("⋱", s) && length(split(s, "\n")) == 21
end
