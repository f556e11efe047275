# determinism: skip, what @time prints depends on the bytes and times that it measured
# Base's macros.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
using Test

x = 3
# CHECK: x = 3
@show x
# CHECK-NEXT: x + 1 = 4
@show x + 1
# CHECK-NEXT: "a" * "b" = "ab"
# CHECK-NEXT: [1, 2] = [1, 2]
println(@show("a" * "b") == "ab" ? "" : "wrong", @show([1, 2]) == [1, 2] ? "" : "wrong")

@kwdef struct Options
    name::String
    size::Int = 3
    tags::Vector{String} = String[]
end
@kwdef mutable struct Pt{T}
    x::T = 0
    y::T
end
@enum Color red green=5 blue
@enum Small::UInt8 begin
    one_small = 1
    two_small
end
const captured = @NamedTuple{a::Int, b::String}

@testset "definitions" begin
    o = Options(name="n")
    @test o.name == "n" && o.size == 3 && o.tags == String[] && Options(; name="q", size=9).size == 9 && Options("a", 1, []).size == 1
    @test_throws UndefKeywordError Options()
    @test Pt(y=1) isa Pt{Int}
    @test Int(red) == 0 && Int(green) == 5 && Int(blue) == 6 && Color(5) == green && red < blue && string(green) == "green" && repr(blue) == "blue"
    @test instances(Color) == (red, green, blue) && two_small isa Small && Integer(two_small) === 0x02 && Dict(red => 1)[red] == 1 && Symbol(red) == :red
    @test_throws ArgumentError Color(99)
    @test captured == NamedTuple{(:a, :b),Tuple{Int,String}}
end
@testset "values" begin
    @test @something(nothing, 2) == 2 && @something(1, error("never")) == 1 && @coalesce(missing, 4) == 4
    @test (@elapsed sum(1:10)) >= 0 && (@timed 1 + 1).value == 2 && (@allocated 1) >= 0
    @test @isdefined(x) && !@isdefined(no_such_name)
    @test @static(true ? 1 : 2) == 1
    a = collect(1:5)
    v = @view a[2:end]
    v[1] = 10
    @test a[2] == 10 && sum(@view a[1:2]) == 11 && (@views a[1:2] .+ a[4:end]) == [5, 15]
    @views a[1:2] .= 0
    @test a == [0, 0, 3, 4, 5]
    @test (@macroexpand @assert true) isa Expr && @eval($x + 1) == 4
    for name in (:gen_a, :gen_b)
        @eval $name(n) = n + $(length(string(name)))
    end
    @test Base.invokelatest(gen_a, 1) == 6
    @test raw"a\n$x" == "a\\n\$x" && v"1.2.3" < v"1.10" && v"1.0.0-rc1" < v"1.0.0" && VERSION >= v"1.6" && string(v"1.2") == "1.2.0" && b"\x01a" == [0x01, 0x61]
    @test (@time 1 + 1) == 2
end
# CHECK: {{[0-9]+\.[0-9]+ seconds}}
# CHECK: Test Summary: | Pass
