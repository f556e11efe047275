# Smaller things of Base.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test
@enum Fruit apple=1 orange
@testset "shown" begin
    @test string(!isodd) == "!isodd" && string(sin ∘ cos) == "sin ∘ cos" && string((+) ∘ (-)) == "(+) ∘ (-)" && string(sin ∘ (cos ∘ tan)) == "sin ∘ (cos ∘ tan)" && string((sin ∘ cos) ∘ tan) == "sin ∘ cos ∘ tan"
    @test sprint(show, MIME("text/plain"), Fruit) == "Enum Fruit:\napple = 1\norange = 2"
end
@testset "modules" begin
    m = Module(:made)
    @test nameof(m) === :made && string(m) == "Main.made" && isdefined(m, :sin) && !isdefined(Module(:bare, false), :sin) && (Core.eval(m, :(x = 1 + 1)); m.x == 2) && parentmodule(m) === Main && nameof(Module()) === :anonymous
end
@testset "streams" begin
    io = IOBuffer("abc"; read=true, write=true, append=true)
    write(io, "d")
    @test read(io, String) == "abcd" && readavailable(IOBuffer("ab")) == b"ab" && collect(eachrsplit("a,b,c", ",")) == ["c", "b", "a"] && collect(eachrsplit("a b")) == ["b", "a"] && collect(eachrsplit("a,b,c", ','; limit=2)) == ["c", "a,b"]
end
@testset "pairs of a matrix" begin
    @test collect(pairs([1 2])) == [CartesianIndex(1, 1) => 1 CartesianIndex(1, 2) => 2] && collect(pairs([5, 6])) == [1 => 5, 2 => 6] && collect(pairs((a=1, b=2))) == [:a => 1, :b => 2] && size(pairs([1 2])) == (1, 2)
end
