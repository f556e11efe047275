# What is seldom needed and must be right all the same: functions about functions, of angles, of encodings, macros that write code out.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test

message(f) = try
    f()
    "no error"
catch e
    sprint(showerror, e)
end

@testset "functions about functions" begin
    @test Returns(1)(2; x=3) === 1 && map(Returns(0), [1, 2]) == [0, 0] && repr(Returns(1)) == "Returns{Int64}(1)"
    @test splat(+)((1, 2)) === 3 && repr(splat(+)) == "splat(+)"
    calls = Ref(0)
    failing() = (calls[] += 1; calls[] < 3 ? error("again") : :done)
    @test retry(failing; delays=(0.001, 0.001))() === :done && calls[] == 3
    calls[] = -10
    @test_throws ErrorException("again") retry(failing; delays=(0.001,))()
    @test_throws ErrorException("again") retry(failing; delays=(0.001, 0.001), check=(s, e) -> false)()
    @test length(collect(ExponentialBackOff(n=3))) == 3
    over(x::Int) = 1
    over(x::Real) = 2
    @test over(1) === 1 && invoke(over, Tuple{Real}, 1) === 2 && (@invoke over(1::Real)) === 2 && which(over, Tuple{Real}) !== which(over, Tuple{Int})
    @test Core.Typeof(1) === Int && Core.Typeof(Int) === Type{Int} && Tuple{}() === ()
end
@testset "angles" begin
    @test sinpi(0.5) === 1.0 && sinpi(-1) === -0.0 && cospi(0.5) === 0.0 && cospi(1) === -1.0 && tanpi(0.25) === 1.0 && tanpi(-0.75) === 1.0
    @test sincospi(1.5) === (-1.0, 0.0) && sincosd(30) == (0.5, cosd(30)) && secd(60) === 2.0 && cotd(45) === 1.0 && cscd(30) === 2.0
    @test cosc(0) === 0.0 && cosc(0.5) === -1.2732395447351628 && isapprox(cosc(0.1), -0.325751; rtol=1e-5)
    @test asech(0.5) ≈ 1.3169578969248166 && acsch(1.0) ≈ 0.881373587019543 && acoth(2.0) ≈ 0.5493061443340548 && asecd(2) ≈ 60
    @test_throws DomainError sinpi(Inf)
end
@testset "encodings and C" begin
    @test ascii("abc") == "abc" && message(() -> ascii("aé")) == "ArgumentError: invalid ASCII at index 2 in \"aé\""
    @test transcode(UInt16, "aé𝄞") == [0x0061, 0x00e9, 0xd834, 0xdd1e] && transcode(String, transcode(UInt16, "aé𝄞")) == "aé𝄞"
    @test transcode(UInt8, "é") == [0xc3, 0xa9] && transcode(UInt32, "𝄞") == [0x1d11e] && transcode(String, UInt8[0x61]) == "a"
    @test (@ccall strlen("abc"::Cstring)::Csize_t) == 3 && unsafe_string(Cstring(pointer("xyz"))) == "xyz"
    @test message(() -> ccall(:strlen, Csize_t, (Cstring,), "a\0b")) == "ArgumentError: embedded NULs are not allowed in C strings: \"a\\0b\""
    @test escape_string("a\"b") == "a\\\"b" && sprint(escape_string, "a\"b") == "a\"b"
end
@testset "memory" begin
    @test strides([1 2; 3 4]) === (1, 2) && stride(zeros(2, 3, 4), 3) === 6 && strides(view(zeros(4, 4), 1:2:4, 2:3)) === (2, 4)
    @test Vector{Int} <: StridedVector{Int} && Vector{Int} <: DenseVector{Int} && Dims{2} === Tuple{Int,Int} && Matrix(undef, 1, 2) isa Matrix{Any}
    @test reinterpret(UInt8, UInt16[0x0102]) == [0x02, 0x01] && reinterpret(Int, [1.0])[1] === 4607182418800017408
    a = [1.0, 2.0]
    reinterpret(UInt64, a)[2] = 0
    @test a == [1.0, 0.0] && reinterpret(UInt32, view(UInt16[1, 2, 3, 4], 2:3)) == [0x00030002] && size(reinterpret(UInt8, [1 2])) == (8, 2)
    @test sprint(show, MIME("text/plain"), reinterpret(Int8, Int16[1])) == "2-element reinterpret(Int8, ::Vector{Int16}):\n 1\n 0"
    @test_throws ArgumentError reinterpret(UInt16, UInt8[1])
    @test Base.summarysize([1, 2, 3]) == 64 && Base.summarysize("abc") == 11 && Base.summarysize(Any["ab", "ab"]) > Base.summarysize(Any[1])
    @test Base.format_bytes(1234567) == "1.177 MiB" && Base.format_bytes(1) == "1 byte" && Base.format_bytes(1234567; binary=false) == "1.235 MB"
end
struct NoElements <: AbstractVector{Int} end
Base.size(::NoElements) = (3,)
@testset "arrays without elements" begin
    @test message(() -> NoElements()[1]) == "CanonicalIndexError: getindex not defined for NoElements"
    @test message(() -> NoElements()[1] = 2) == "CanonicalIndexError: setindex! not defined for NoElements"
    @test message(() -> (1:3)[2] = 1) == "CanonicalIndexError: setindex! not defined for UnitRange{Int64}"
end
module Old
@deprecate before(x::Int) abs(x)
@deprecate earlier abs
end
using .Old
@testset "macros" begin
    @test before(-3) === 3 && earlier(-4.0) === 4.0
    @gensym a b
    @test a isa Symbol && a !== b && occursin("a", String(a))
    @test repr(text"a b") == "a b" && text"a" == Text("a")
    x_1 = x_2 = x_3 = 0
    Base.@nexprs 3 i -> x_i = 10i
    @test (x_1, x_2, x_3) === (10, 20, 30) && (Base.@ntuple 3 x) === (10, 20, 30) && (Base.@ncall 3 max x) === 30 && Base.@nall 3 i -> x_i > 5
    @test !(Base.@nany 2 i -> x_i == 30) && (Base.@nif 3 d -> x_d == 20 d -> d d -> :none) === 2
    m = [1 2; 3 4]
    total = 0
    Base.@nloops 2 i m begin
        total += Base.@nref 2 m i
    end
    @test total == 10
    hint(io, e, args...) = print(io, "\nA hint.")
    Base.Experimental.register_error_hint(hint, MethodError)
    @test occursin("\nA hint.", message(() -> sin("x")))
end
@testset "what nothing gives" begin
    @test sum(x for x in Int[]) === 0 && maximum(abs, Int[]) === 0 && sum(Int8[]) === 0 && prod(UInt8[]) === UInt(1)
    @test_throws ArgumentError sum(x -> x, Int[])
    @test_throws ArgumentError sum(2x for x in Int[])
    @test_throws ArgumentError sum(())
    @test message(() -> sum([])) |> startswith("MethodError: no method matching zero(::Type{Any})")
    @test reduce(+, Int8[100, 100]) === Int8(-56) && sum(Int8[100, 100]) === 200 && cumsum(Int8[100, 100]) == [100, 200]
    @test Dict(x => string(x) for x in 1:0) isa Dict{Int,String} && Dict((x, 2.0) for x in Int[]) isa Dict{Int,Float64} && Set(2x for x in Int[]) isa Set{Int}
    @test sum!([0, 0], [1 2; 3 4]) == [3, 7] && sum!([1 1], [1 2; 3 4]; init=false) == [5 7] && prod!([0, 0], [1 2; 3 4]) == [2, 12]
    @test maximum!([0, 0], [1 2; 3 4]) == [2, 4] && minimum!(abs, [0 0], [-1 2; 3 4]) == [1 2] && any!([false, false], [true false; false false]) == [1, 0]
    @test all!([true], [true, false]) == [false]
    @test_throws DimensionMismatch sum!([0, 0, 0], [1 2; 3 4])
    @test [[1], [2.0]] isa Vector{Vector{Float64}} && [[1], ["a"]] isa Vector{Vector} && [1 => 2.0, 2 => 3] isa Vector{Pair{Int,Float64}}
    @test collect(Iterators.partition(1:5, 2)) == UnitRange{Int}[1:2, 3:4, 5:5] && view(1:2:9, 2:3) === 3:2:5 && Iterators.map(+, [1], [2]) isa Base.Generator
end
