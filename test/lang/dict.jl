# Dict and IdDict: construction, access, change, merging, iteration.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test

struct Key
    a::Int
    b::String
end
mutable struct Counter
    n::Int
end
Base.:(==)(x::Counter, y::Counter) = x.n == y.n
Base.hash(x::Counter, h::UInt) = hash(x.n, h)

@testset "construction" begin
    d = Dict("a" => 1, "b" => 2)
    @test d isa Dict{String,Int} && length(d) == 2 && d["a"] == 1
    @test Dict() isa Dict{Any,Any} && isempty(Dict()) && Dict{Int,String}() isa Dict{Int,String}
    @test Dict([("a", 1), ("b", 2)]) == d && Dict(zip(["a", "b"], [1, 2])) == d && Dict(k => v for (k, v) in [("a", 1), ("b", 2)]) == d
    @test typeof(Dict(i => i^2 for i in 1:3)) == Dict{Int,Int} && Dict(i => i^2 for i in 1:3)[3] == 9
    @test Dict{String,Float64}("a" => 1)["a"] === 1.0 && Dict("x" => nothing)["x"] === nothing
    @test Dict(enumerate(["x", "y"])) == Dict(1 => "x", 2 => "y")
    @test_throws ArgumentError Dict([1, 2, 3])
    @test copy(d) == d && copy(d) !== d && Dict(d) == d
end
@testset "access" begin
    d = Dict(:a => 1, :b => 2)
    @test d[:a] == 1 && haskey(d, :a) && !haskey(d, :z) && get(d, :z, 0) == 0 && get(d, :a, 0) == 1 && get(() -> 7, d, :z) == 7
    @test_throws KeyError d[:z]
    @test_throws KeyError(:z) d[:z]
    @test get!(d, :c, 3) == 3 && d[:c] == 3 && get!(() -> 9, d, :c) == 3 && getkey(d, :a, nothing) == :a && getkey(d, :q, 0) == 0
    @test (:a => 1) in d && !((:a => 2) in d) && :a in keys(d) && 2 in values(d)
    @test sort(collect(keys(d))) == [:a, :b, :c] && sort(collect(values(d))) == [1, 2, 3] && keytype(d) == Symbol && valtype(d) == Int && eltype(d) == Pair{Symbol,Int}
    n = Dict(1 => "i", 1.0 => "f")
    @test length(n) == 1 && n[1] == "f" && haskey(Dict(1 => 2), 1.0) && haskey(Dict(1 => 2), 0x01)
    @test Dict((1, 2) => 3)[1, 2] == 3 && Dict([1, 2] => 3)[[1, 2]] == 3 && Dict(Key(1, "a") => 5)[Key(1, "a")] == 5
    @test haskey(Dict(Counter(1) => 1), Counter(1)) && Dict(NaN => 1)[NaN] == 1 && Dict(nothing => 1)[nothing] == 1
end
@testset "change" begin
    d = Dict{String,Int}()
    d["a"] = 1
    d["a"] += 5
    @test d["a"] == 6 && length(d) == 1
    @test delete!(d, "a") === d && isempty(d) && delete!(d, "zz") === d
    d["x"] = 1
    @test pop!(d, "x") == 1 && isempty(d) && pop!(d, "q", 0) == 0
    @test_throws KeyError pop!(d, "q")
    @test_throws ArgumentError pop!(d)
    push!(d, "p" => 2)
    @test d["p"] == 2 && pop!(d) == ("p" => 2)
    @test isempty(empty!(Dict(1 => 2)))
    @test_throws MethodError d["a"] = "text"
    e = Dict{Int,Vector{Int}}()
    push!(get!(e, 1, Int[]), 5)
    push!(get!(() -> Int[], e, 1), 6)
    @test e[1] == [5, 6]
end
@testset "many entries" begin
    d = Dict{Int,Int}()
    for i in 1:5000
        d[i] = 2i
    end
    @test length(d) == 5000 && all(d[i] == 2i for i in 1:5000)
    for i in 1:2:5000
        delete!(d, i)
    end
    @test length(d) == 2500 && !haskey(d, 1) && d[5000] == 10000 && sum(values(d)) == sum(2i for i in 2:2:5000)
    for i in 1:5000
        d[i] = -i
    end
    @test length(d) == 5000 && sum(keys(d)) == 5000 * 5001 ÷ 2
    words = Dict{String,Int}()
    for i in 1:1000
        w = string("w", i % 100)
        words[w] = get(words, w, 0) + 1
    end
    @test length(words) == 100 && all(==(10), values(words))
end
@testset "iteration and merging" begin
    d = Dict(1 => "a", 2 => "b", 3 => "c")
    @test sort([k for (k, v) in d]) == [1, 2, 3] && join(sort([v for (k, v) in d])) == "abc"
    @test filter(p -> p.first > 1, d) == Dict(2 => "b", 3 => "c") && filter(((k, v),) -> v == "a", d) == Dict(1 => "a")
    @test filter!(p -> p.first < 3, copy(d)) == Dict(1 => "a", 2 => "b")
    @test merge(d, Dict(3 => "z", 4 => "y")) == Dict(1 => "a", 2 => "b", 3 => "z", 4 => "y") && mergewith(+, Dict("a" => 1), Dict("a" => 2, "b" => 3)) == Dict("a" => 3, "b" => 3)
    @test merge!(Dict(1 => 1), Dict(2 => 2)) == Dict(1 => 1, 2 => 2) && merge(Dict(1 => 1), Dict(2 => 2.5)) isa Dict{Int,Float64}
    @test mergewith!(*, Dict("a" => 2), Dict("a" => 5)) == Dict("a" => 10)
    @test Dict(v => k for (k, v) in d)["b"] == 2 && Dict(1 => 2) == Dict(1.0 => 2.0) && Dict(1 => 2) != Dict(1 => 3)
    @test hash(Dict(1 => 2, 3 => 4)) == hash(Dict(3 => 4, 1 => 2)) && isequal(Dict(1 => 2), Dict(1 => 2))
    @test maximum(values(Dict("a" => 3, "b" => 7))) == 7 && sum(last, Dict(1 => 2, 3 => 4)) == 6 && sort(collect(Dict(2 => 1, 1 => 2))) == [1 => 2, 2 => 1]
    @test findmax(Dict(:a => 1, :b => 5)) == (5, :b) && argmax(Dict(:a => 1, :b => 5)) == :b
    @test sort(collect(d); by=last, rev=true)[1] == (3 => "c") && first(Dict(1 => 2)) == (1 => 2) && length(collect(d)) == 3
    @test map(x -> x, collect(keys(Dict(1 => 2)))) == [1] && any(p -> p.second == "b", d) && count(p -> p.first > 1, d) == 2
end
@testset "IdDict" begin
    a = [1]
    d = IdDict{Any,Any}(a => "x")
    @test d[a] == "x" && !haskey(d, [1]) && get(d, [1], 0) == 0 && length(d) == 1
    d["k"] = "v"
    @test length(d) == 2 && delete!(d, a) === d && length(d) == 1
end
@testset "order of printing" begin
    @test string(Dict("a" => 1, "b" => 2, "c" => 3)) == "Dict(\"c\" => 3, \"b\" => 2, \"a\" => 1)"
    @test string(Dict(:a => 1, :b => 2)) == "Dict(:a => 1, :b => 2)"
    @test string(Dict(1 => 2, 3 => 4)) == "Dict(3 => 4, 1 => 2)"
    @test string(Set([1, 2, 3])) == "Set([2, 3, 1])"
end
