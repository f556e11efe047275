# What exceptions say, and what Base throws for common mistakes.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test

message(f) = try
    f()
    "nothing thrown"
catch e
    sprint(showerror, e)
end
struct MyError <: Exception
    code::Int
end
struct Described <: Exception
    what::String
end
Base.showerror(io::IO, e::Described) = print(io, "described: ", e.what)
struct P
    x::Int
end
area(r::Int) = r
area(r::Float64) = r
kwarg(x; n=1) = x + n

@testset "messages" begin
    @test message(() -> error("bad ", 1)) == "bad 1"
    @test message(() -> throw(ArgumentError("arg"))) == "ArgumentError: arg"
    @test message(() -> [1, 2, 3][4]) == "BoundsError: attempt to access 3-element Vector{Int64} at index [4]"
    @test message(() -> zeros(2, 2)[3, 1]) == "BoundsError: attempt to access 2×2 Matrix{Float64} at index [3, 1]"
    @test message(() -> (1, 2)[3]) == "BoundsError: attempt to access Tuple{Int64, Int64} at index [3]"
    @test message(() -> "abc"[10]) == "BoundsError: attempt to access 3-codeunit String at index [10]"
    @test message(() -> "αβ"[2]) == "StringIndexError: invalid index [2], valid nearby indices [1]=>'α', [3]=>'β'"
    @test message(() -> Dict("a" => 1)["b"]) == "KeyError: key \"b\" not found"
    @test message(() -> div(1, 0)) == "DivideError: integer division error"
    @test message(() -> Int(1.5)) == "InexactError: Int64(1.5)"
    @test message(() -> Int8(300)) == "InexactError: trunc(Int8, 300)"
    @test startswith(message(() -> sqrt(-1.0)), "DomainError with -1.0:\nsqrt was called with a negative real argument")
    @test message(() -> throw(DomainError(3))) == "DomainError with 3:\n"
    @test message(() -> throw(DomainError(3, "too odd"))) == "DomainError with 3:\ntoo odd"
    @test message(() -> @assert(1 == 2)) == "AssertionError: 1 == 2"
    @test message(() -> @assert(false, "why")) == "AssertionError: why"
    @test message(() -> parse(Int, "x")) == "ArgumentError: invalid base 10 digit 'x' in \"x\""
    @test message(() -> throw(MyError(3))) == "MyError(3)"
    @test message(() -> throw(Described("x"))) == "described: x"
    @test message(() -> throw(EOFError())) == "EOFError: read end of file"
    @test message(() -> undefined_name) == "UndefVarError: `undefined_name` not defined in `Main`\nSuggestion: check for spelling errors or missing imports."
    @test startswith(message(() -> P(1).y), "FieldError: type P has no field `y`, available fields: `x`")
    @test message(() -> pop!(Int[])) == "ArgumentError: array must be non-empty"
    @test message(() -> convert(Int, "a")) |> m -> startswith(m, "MethodError: Cannot `convert` an object of type String to an object of type Int64") || startswith(m, "MethodError: no method matching")
    @test message(() -> 1 ? 2 : 3) == "TypeError: non-boolean (Int64) used in boolean context"
    @test message(() -> typeassert("a", Int)) == "TypeError: in typeassert, expected Int64, got a value of type String"
    @test message(() -> throw("text")) == "\"text\""
end
@testset "method errors" begin
    m = message(() -> area("a"))
    @test startswith(m, "MethodError: no method matching area(::String)\nThe function `area` exists, but no method is defined for this combination of argument types.\n\nClosest candidates are:\n")
    @test occursin("\n  area(!Matched::Float64)\n   @ Main ", m) && occursin("error-messages.jl:", m)
    @test startswith(message(() -> 1 + "a"), "MethodError: no method matching +(::Int64, ::String)\nThe function `+` exists")
    three = 3
    @test startswith(message(() -> three(4)), "MethodError: objects of type Int64 are not callable")
    @test startswith(message(() -> kwarg(1; q=2)), "MethodError: no method matching kwarg(::Int64; q::Int64)")
    @test_throws MethodError area()
end
@testset "catching" begin
    @test (try; error("x"); catch e; e isa ErrorException && e.msg == "x"; end)
    @test (try; [][1]; catch e; e isa BoundsError; end)
    caught = []
    try
        try
            error("inner")
        finally
            push!(caught, :finally)
        end
    catch e
        push!(caught, e.msg)
    end
    @test caught == [:finally, "inner"]
    @test_throws ErrorException try
        error("a")
    catch
        rethrow()
    end
    @test length(current_exceptions()) == 0
    @test (try; error("q"); catch; length(current_exceptions()); end) == 1
    f() = try
        return 1
    finally
        push!(caught, 2)
    end
    @test f() == 1 && caught[end] == 2
    x = try
        10
    catch
        20
    else
        30
    end
    @test x == 30
end
