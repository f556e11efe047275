# Opaque closures: arguments and result are in the type, the world is that of their making.
# warm: loads LLVM, it asks for LLVM IR
# RUN: %lig %s
# RUN: %lig --compile=min %s
# RUN: %lig --compile=all %s
using Test
using Base.Experimental: @opaque

add(n) = @opaque (x::Int, y) -> (x + n, y)
@testset "types and printing" begin
    oc = add(10)
    @test oc isa Core.OpaqueClosure{Tuple{Int,Any},Tuple{Int,Any}} && oc isa Function && typeof(oc) <: Core.OpaqueClosure
    @test string(typeof(oc)) == "Core.OpaqueClosure{Tuple{Int64, Any}, Tuple{Int64, Any}}"
    @test repr(@opaque x::Int -> x) == "(::Int64)::Int64->◌"
    @test repr("text/plain", @opaque (x, y::String) -> y) == "(::Any, ::String)::String->◌"
    @test typeof(@opaque () -> 1.5) === Core.OpaqueClosure{Tuple{},Float64}
    @test typeof(@opaque x -> x) === Core.OpaqueClosure{Tuple{Any},Any}
    @test typeof(@opaque Tuple{Int} -> Integer x -> x + 1) === Core.OpaqueClosure{Tuple{Int},Integer}
    @test typeof(@opaque Tuple{Int,Any}->_ (x, y) -> 2x) === Core.OpaqueClosure{Tuple{Int,Any},Int}
    @test typeof(@opaque _->Any x::Int -> x) === Core.OpaqueClosure{Tuple{Int},Any}
    @test (@opaque x -> x) !== (@opaque x -> x)
    f = @opaque x -> x
    @test f === f && f == f
end
@testset "calls" begin
    @test add(10)(1, "b") == (11, "b") && add(-1)(1, :c) == (0, :c)
    rest = @opaque (x, ys...) -> (x, length(ys), ys)
    @test rest(1) == (1, 0, ()) && rest(1, 2.0, "3") == (1, 2, (2.0, "3"))
    @test map((@opaque x::Int -> x^2), [1, 2, 3]) == [1, 4, 9] && (@opaque () -> nothing)() === nothing
    @test (@opaque Tuple{Float64}->Float64 x -> x / 2)(3.0) == 1.5
    total = Ref(0)
    bump = @opaque k::Int -> (total[] += k)
    foreach(bump, 1:4)
    @test total[] == 10
    function counter()
        n = 0
        return @opaque () -> (n += 1)
    end
    c, d = counter(), counter()
    @test (c(), c(), c(), d()) == (1, 2, 3, 1)
    nested = @opaque x::Int -> (@opaque y::Int -> x * y)
    @test nested(6)(7) == 42
    @test [f(2) for f in [@opaque(x -> x + 1), @opaque(x -> 2x), x -> x^3]] == [3, 4, 8]
end
@testset "errors" begin
    f = @opaque Tuple{Int}->Int x -> x + 1
    @test_throws TypeError f(2.0)
    @test_throws MethodError f()
    @test_throws MethodError f(1, 2)
    err = try f(2.0) catch e e end
    @test sprint(showerror, err) == "TypeError: in typeassert, expected Int64, got a value of type Float64"
    err = try f(1, 2) catch e e end
    @test startswith(sprint(showerror, err), "MethodError: no method matching (::Core.OpaqueClosure{Tuple{Int64}, Int64})(::Int64, ::Int64)")
    wrong = @opaque Tuple{Any}->Int x -> x
    @test wrong(3) == 3
    @test_throws TypeError wrong("three")
    @test_throws ArgumentError("inside") (@opaque () -> throw(ArgumentError("inside")))()
    @test_throws ErrorException @opaque Tuple{Int,Int}->Int x -> x
    @test_throws ErrorException @opaque Tuple{}->Int x -> 1
    @test_throws ErrorException @opaque Int->Int x -> 1
    @test_throws ErrorException Core.OpaqueClosure(code_lowered(add, (Int,))[1])
    @test_throws "Tuple{T,U...}->RT" macroexpand(Main, :(@opaque Int x -> x))
    @test_throws "anonymous function" macroexpand(Main, :(@opaque sin))
end

# The world of its making: what is defined later changes nothing.
answer() = 1
early = @opaque () -> answer()
early_sum = @opaque n::Int -> (s = 0; for i in 1:n; s += answer(); end; s)
@test early() == 1 && early_sum(10) == 10
answer() = 2
late = @opaque () -> answer()
@test (early(), late(), answer()) == (1, 2, 2)
@test early_sum(10) == 10
caught = try (@opaque () -> error("x"))() catch; answer() end
@test caught == 2 # and back in this world
for i in 1:200 # compiled by now
    early() == 1 && late() == 2 || error("another world")
end

# Inference takes the result from the type.
apply(f, n) = (s = 0; for i in 1:n; s += f(i); end; s)
twice = @opaque i::Int -> 2i
@test apply(twice, 1000) == 1001000
@test Base.infer_return_type(apply, (typeof(twice), Int)) === Int
@test Base.infer_return_type(f -> f(1), (Core.OpaqueClosure{Tuple{Int},String},)) === String
@test Base.infer_return_type(f -> f(1), (Core.OpaqueClosure,)) === Any
any_of(fs) = sum(f -> f(3)::Int, fs)
@test any_of(Any[twice, @opaque(x -> x), x -> x + 1]) == 13

# Compiled callers, of many results and arguments, with closures that come and go.
struct Both
    a::Int
    b::Int
end
function twelve(f)
    r = Any[]
    for i in 1:12
        push!(r, f(i))
    end
    return r
end
@test twelve(@opaque i::Int -> nothing) == fill(nothing, 12)
@test twelve(@opaque i::Int -> (i, i + 0.5, "x")) == [(i, i + 0.5, "x") for i in 1:12]
@test twelve(@opaque i::Int -> i > 6 ? i : nothing) == [i > 6 ? i : nothing for i in 1:12]
@test twelve(@opaque i::Int -> isodd(i)) == isodd.(1:12)
@test twelve(@opaque i::Int -> Both(i, -i)) == [Both(i, -i) for i in 1:12]
@test twelve(@opaque i -> [i]) == [[i] for i in 1:12]
@test_throws ArgumentError twelve(@opaque i::Int -> throw(ArgumentError("no")))
@test_throws TypeError twelve(@opaque s::String -> s)
@test_throws MethodError twelve(@opaque () -> 1)
@test [sum(twelve(let k = k; @opaque i::Int -> k * i end)) for k in 1:30] == 78 .* (1:30)
later() = 1
old = @opaque i::Int -> later()
later() = 2
new = @opaque i::Int -> later()
function both(a, b, n)
    s = 0
    for i in 1:n
        s += a(i) + 10 * b(i) + 100 * (@noinline later())
    end
    return s
end
@test both(old, new, 10) == 2210
later() = 3
@test both(old, new, 10) == 3210
function first_caught(f)
    for i in 1:3
        try
            f(i)
        catch
            return later()
        end
    end
end
@test first_caught(@opaque i::Int -> error("x")) == 3
# What it runs is what is listed.
@test occursin("add", sprint(code_llvm, @opaque(x::Int -> x + 1), Tuple{Int}))
