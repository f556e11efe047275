# The manual's chapters on modules and metaprogramming.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test
module Shop
export buy, Item
public stock
struct Item
    name::String
end
const goods = Item[]
buy(name) = push!(goods, Item(name))
stock() = length(goods)
module Accounts
using ..Shop
using ..Shop: stock as how_many
import ..Shop
Shop.buy(n::Int) = [buy(string(i)) for i in 1:n]
total() = how_many() + length(Shop.goods)
baremodule Bare
using Base: +
add(x) = x + 1
end
end
end
using .Shop
import .Shop.Accounts: total
import .Shop.Accounts as Books
using .Shop: stock as in_stock, goods
@testset "modules" begin
    buy("a")
    buy(2)
    @test length(goods) == in_stock() == Shop.stock() == 3
    @test total() == Books.total() == 6
    @test Item("x").name == "x"
    @test !isdefined(Main, :stock) && isdefined(Main, :Item)
    @test Books.Bare.add(1) == 2 && !isdefined(Books.Bare, :println)
    @test nameof(Shop) === :Shop && parentmodule(Shop.Accounts) === Shop && fullname(Books) == (:Main, :Shop, :Accounts)
    @test Base.isexported(Shop, :buy) && !Base.isexported(Shop, :stock)
    @test_throws UndefVarError Shop.nothing_here
    @test_throws ArgumentError @eval using NoSuchPackage
end
macro sayhello(name)
    :(string("Hello, ", $(esc(name))))
end
macro hygienic(e)
    quote
        x = 100
        $(esc(e)) + x
    end
end
macro define(name, value)
    :($(esc(name)) = $(esc(value)))
end
macro count_args(args...)
    length(args)
end
macro with_keywords(args...)
    [a isa Expr && a.head === :(=) ? a.args[1] : :positional for a in args]
end
macro cmd_like_str(s, flags...)
    string(s, "/", flags...)
end
macro where_am_i()
    (__module__, __source__.line)
end
macro typed_only(x::Symbol) "symbol" end
macro typed_only(x::Int) "int" end
macro typed_only(x) "expression" end
@testset "macros" begin
    name = "you"
    @test @sayhello(name) == "Hello, you"
    x = 1
    @test (@hygienic x + 1) == 102 && x == 1
    @define y 5
    @test y == 5
    @test (@count_args a b c) == 3 && @count_args() == 0 && @count_args(1, (2, 3)) == 2
    @test (@with_keywords a = 1 2) == [:a, :positional]
    @test cmd_like"a\n$b"x == "a\\n\$b/x"
    @test (@where_am_i) == (Main, @__LINE__)
    @test (@typed_only(a), @typed_only(1), @typed_only(1 + 1)) == ("symbol", "int", "expression")
    @test @macroexpand(@sayhello n) isa Expr
    @test_throws LoadError @eval @no_such_macro
end
@testset "expressions" begin
    e = :(a + b * 2)
    @test e.head === :call && e.args == [:+, :a, :(b * 2)]
    a, b = 1, 2
    @test :($a + b) == Expr(:call, :+, 1, :b)
    @test eval(:($a + $b)) == 3
    xs = [:p, :q]
    @test :(f($(xs...), 1)) == :(f(p, q, 1))
    @test Meta.parse("x = 1 + 2").args[1] === :x
    @test quote 1 end isa Expr && :(:x) == QuoteNode(:x) && eval(:(:x)) === :x
    @test eval(Expr(:call, max, 1, 5)) == 5
    @test (@eval $(Symbol("new name")) = 7; Main.var"new name") == 7
    for op in (:inc, :dec)
        @eval $(Symbol(op, :_by))(x, n = 1) = $(op === :inc ? :+ : :-)(x, n)
    end
    @test Base.invokelatest(inc_by, 1) == 2 && Base.invokelatest(dec_by, 5, 2) == 3
    nested = :(quote $($a) end)
    @test eval(eval(nested)) == 1
    @test Meta.isexpr(:(f(x) = 1), :(=)) && Base.isidentifier("a1") && !Base.isidentifier("1a")
    function world()
        @eval appears() = 1
        try
            appears()
        catch err
            (err isa MethodError || err isa UndefVarError), Base.invokelatest(() -> Main.appears())
        end
    end
    @test world() == (true, 1)
end
Base.@kwdef struct Options
    width::Int = 80
    title::String
    half = width ÷ 2
end
@enum Fruit apple = 1 orange kiwi
@enum Color::UInt8 begin
    red
    green = 5
end
@testset "macros of Base" begin
    @test Options(title = "t") == Options(80, "t", 40)
    @test Options(width = 10, title = "t", half = 1).half == 1
    @test_throws UndefKeywordError Options()
    @test Int(orange) == 2 && Fruit(3) === kiwi && string(apple) == "apple" && instances(Fruit) == (apple, orange, kiwi)
    @test Int(green) == 5 && red < green && Symbol(red) === :red
    @test_throws ArgumentError Fruit(9)
    @test (@isdefined apple) && !(@isdefined no_such_thing)
    @test (@show 1 + 1) == 2
    @test @__MODULE__() === Main
    @test ccall(:abs, Cint, (Cint,), -3) == 3 && @ccall(abs((-4)::Cint)::Cint) == 4
end
