# SPDX-License-Identifier: MIT
# macroexpand gives a tree that stands for itself: a macro's own variables have names of their own, its other names say
# their module. Evaluating it does what the macro call does.
# warm: when edited, macroexpand numbers names, and what it gives is evaluated
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test
module D
foo(x) = 10x
macro m(a)
    :(t = foo($(esc(a))); t + 1)
end
macro loop(n, body)
    quote
        s = 0
        for i in 1:$(esc(n)), (j, k) in [(1, 2)]
            s += i^2 * j
            $(esc(body))
        end
        let u = s, v
            v = u
            (a = v, s = 2^-1)
        end
    end
end
macro define(name)
    quote
        struct Hidden{T<:Real}
            value::T
            Hidden(v::T) where {T} = new{T}(foo(v))
        end
        function $(esc(name))(x::T, ys...; scale=1, rest...) where {T<:Number}
            helper(y) = y + scale
            g = z -> helper(z) + length(rest)
            return Hidden(g(x)).value + sum(ys; init=0)
        end
    end
end
macro caught(ex)
    quote
        try
            $(esc(ex))
        catch err
            string(typeof(err), Any[w for w in 1:2 if w > 1], @isdefined(err))
        end
    end
end
macro jump()
    quote
        i = 0
        @label again
        i += 1
        i < 3 && @goto again
        i
    end
end
macro count_up()
    :(global total = 5; total += 1)
end
macro outer(x) :(@inner $(esc(x))) end
macro inner(x) :(foo($(esc(x)))) end
end
x, t, s, i, err, total = 1, "mine", "s", "i", "err", 0
same(call) = isequal(Core.eval(Main, macroexpand(Main, call)), Core.eval(Main, call))
@testset "evaluating the expansion" begin
    @test eval(macroexpand(Main, :(D.@m x))) == 11
    @test same(:(let; D.@loop 3 x; end))
    @test eval(macroexpand(Main, :(let; D.@loop 3 (global x = s); end))) === (a=14, s=0.5)
    @test x == "s"
    @test same(:(D.@caught 1))
    @test eval(macroexpand(Main, :(D.@caught error(i)))) == "ErrorExceptionAny[2]true"
    @test eval(macroexpand(Main, :(let; D.@jump; end))) == 3
    @test (t, s, i, err) == ("mine", "s", "i", "err")
    @test eval(macroexpand(Main, :(D.@count_up))) == 6
    @test D.total == 6 && total == 0
    eval(macroexpand(Main, :(D.@define made)))
    @test made(2, 3; scale=4, other=1) == 73
    @test !isdefined(Main, :Hidden)
    @test eval(macroexpand(Main, :(let f = 3; D.@outer f; end))) == 30
    @test eval(macroexpand(Main, :(let f = 3; D.@outer f; end); recursive=false)) == 30
    @test macroexpand(Main, :(@assert x); recursive=false) == macroexpand(Main, :(@assert x))
    @test eval(macroexpand(Main, :(@show 1 + 1))) == 2
    @test eval(macroexpand(Main, quote @enum Fruit apple pear; pear end)) == pear
    @test eval(macroexpand(Main, :(@something nothing 3))) == 3
    @test eval(macroexpand(Main, :(@elapsed 1))) isa Float64
    @test eval(macroexpand(Main, :(@views [1, 2, 3][2:3]))) == [2, 3]
    @test eval(macroexpand(Main, :(@testset "inner" begin @test 1 == 1 end))) isa Test.AbstractTestSet
end
@testset "what it looks like" begin
    e = Base.remove_linenums!(@macroexpand D.@m x)
    own = e.args[1].args[1]
    @test startswith(string(own), "#") && endswith(string(own), "#t")
    @test e == Expr(:block, :($own = $(GlobalRef(D, :foo))(x)), :($(GlobalRef(D, :+))($own, 1)))
    @test string(e.args[1]) == "var\"$own\" = Main.D.foo(x)"
    @test (@macroexpand1 D.@outer 1).args[1] == GlobalRef(D, Symbol("@inner"))
    @test (@macroexpand D.@outer 1) == :($(GlobalRef(D, :foo))(1))
    @test macroexpand(Main, :(f(y) = y)) == :(f(y) = y)
end
