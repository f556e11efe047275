# The manual's chapter on the scope of variables.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test
x = 10
reads() = x
writes() = (global x = 11)
shadows() = (x = 12; x)
@testset "globals" begin
    @test reads() == 10
    @test shadows() == 12 && Main.x == 10
    writes()
    @test Main.x == 11
    let
        global made_in_let = 3
    end
    @test made_in_let == 3
    function declares()
        global made_in_function
        made_in_function = 4
    end
    declares()
    @test made_in_function == 4
end
module Inner
    y = 1
    f() = y
    g() = Main.x
    module Deeper
        import ..Inner: f
        h() = f() + 1
    end
end
@testset "modules are scopes" begin
    @test Inner.f() == 1 && Inner.g() == 11 && Inner.Deeper.h() == 2
    @test !isdefined(Main, :y)
    @eval Inner y = 5
    @test Inner.f() == 5
end
@testset "local scopes" begin
    function sums()
        s = 0
        for i in 1:3
            s += i
            t = i
        end
        (s, @isdefined(t))
    end
    @test sums() == (6, false)
    function fresh()
        seen = Bool[]
        for i in 1:2
            push!(seen, @isdefined(z))
            z = i
        end
        seen
    end
    @test fresh() == [false, false]
    function kept()
        local z
        seen = Bool[]
        for i in 1:2
            push!(seen, @isdefined(z))
            z = i
        end
        seen
    end
    @test kept() == [false, true]
    a = 1
    b = let a = a + 1, b = a
        a += b
        a
    end
    @test (a, b) == (1, 4)
    let a, c = 2
        @test !@isdefined(a)
        @test c == 2
    end
    n = 1
    [n for n in 1:3]
    @test n == 1
    m = 5
    @test [(m = k; m) for k in 1:2] == [1, 2] && m == 2
    function late()
        f() = later
        later = 3
        f()
    end
    @test late() == 3
    function undefined()
        f() = never
        f()
        never = 1
    end
    @test_throws UndefVarError undefined()
    local typed::Float64 = 1
    typed = 2
    @test typed === 2.0
    function block()
        begin
            inside = 1
        end
        if true
            also = 2
        end
        inside + also
    end
    @test block() == 3
    function hides()
        x = 1
        try
            y = 2
            error()
        catch e
            x = 3
        end
        (x, @isdefined(y), @isdefined(e))
    end
    @test hides() == (3, false, false)
end
if true
    set_in_if = 1
end
begin
    set_in_begin = 2
end
for i in 1:1
    set_in_for = 3
end
@testset "soft and no scope" begin
    @test set_in_if == 1 && set_in_begin == 2 && !isdefined(Main, :set_in_for)
end
const answer = 42
typed_global::Int = 1
@testset "constants and typed globals" begin
    @test isconst(Main, :answer) && !isconst(Main, :x)
    @test_throws ErrorException @eval answer = "text"
    @test_throws Exception @eval typed_global = "text"
    @eval typed_global = 2.0
    @test typed_global === 2
end
