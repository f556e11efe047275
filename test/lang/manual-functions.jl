# The manual's chapter on functions.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test
@testset "definitions" begin
    function f(x, y)
        x + y
    end
    g(x, y) = x * y
    @test f(2, 3) == 5 && g(2, 3) == 6
    h = f
    @test h(1, 1) == 2
    ∑(x, y) = x + y
    @test ∑(2, 3) == 5
    function early(x)
        return x > 0 ? :pos : :neg
        error("not reached")
    end
    @test early(1) == :pos
    typed(x)::Int8 = x
    @test typed(3.0) === Int8(3)
    @test_throws InexactError typed(300)
    function nothing_returned()
        return
    end
    @test nothing_returned() === nothing
    @test (+)(1, 2, 3) == 6
    op = *
    @test op(2, 3, 4) == 24
    @test map((<), [1, 3], [2, 2]) == [true, false]
    a ⊕ b = 10a + b
    @test 1 ⊕ 2 == 12
    @test (x -> x^2 + 2x - 1)(3) == 14
    @test (function (x) x + 1 end)(1) == 2
    @test ((x, y; z = 1) -> x + y + z)(1, 2; z = 3) == 6
    @test (() -> 3)() == 3
    @test ((x...) -> length(x))(1, 2, 3) == 3
end
@testset "tuples" begin
    @test (1,) isa Tuple{Int}
    t = (a = 1, b = 1 + 1)
    @test t.a == 1 && t[2] == 2 && keys(t) == (:a, :b)
    b = 7
    @test (; b, c = 2).b == 7
    @test (; t..., b = 5) == (a = 1, b = 5)
    @test (; t.a, :d => 4) == (a = 1, d = 4)
end
@testset "destructuring" begin
    (a, b, c) = 1:3
    @test (a, b, c) == (1, 2, 3)
    a, b = b, a
    @test (a, b) == (2, 1)
    _, second, _... = "xyz"
    @test second == 'y'
    x, (y, z...) = 1, (2, 3, 4)
    @test (x, y, z) == (1, 2, (3, 4))
    first_, rest... = [1, 2, 3]
    @test rest == [2, 3]
    front..., last_ = "hello"
    @test join(front) == "hell" && last_ == 'o'
    p, q..., r = 1, 2, 3, 4
    @test (p, q, r) == (1, (2, 3), 4)
    (; re, im) = (im = 1, re = 2)
    @test (re, im) == (2, 1)
    minmax_((x, y)) = y < x ? (y, x) : (x, y)
    gap((lo, hi)) = hi - lo
    @test gap(minmax_((10, 2))) == 8
    layer((; x, y)) = x - y
    @test layer((y = 1, x = 3)) == 2
    @test map(((i, v),) -> i * v, enumerate([4, 5])) == [4, 10]
    @test_throws BoundsError ((u, w) = (1,))
    v = [0, 0, 0]
    v[1], v[end] = 5, 6
    @test v == [5, 0, 6]
    d = Dict{Symbol, Int}()
    d[:a], (d[:b], d[:c]) = 1, (2, 3)
    @test d == Dict(:a => 1, :b => 2, :c => 3)
    @test (k = (m, n) = (1, 2)) == (1, 2) && m == 1 && n == 2
end
@testset "varargs and optional arguments" begin
    bar(a, b, x...) = (a, b, x)
    @test bar(1, 2) == (1, 2, ())
    @test bar(1, 2, 3, 4) == (1, 2, (3, 4))
    xs = [3, 4]
    @test bar(1, xs...) == (1, 3, (4,))
    @test bar(xs..., xs...) == (3, 4, (3, 4))
    @test bar((1, 2)..., "ab"...) == (1, 2, ('a', 'b'))
    date(y, m = 1, d = m) = (y, m, d)
    @test date(1) == (1, 1, 1) && date(1, 2) == (1, 2, 2) && date(1, 2, 3) == (1, 2, 3)
    f(x, args...; kw...) = (x, args, values(kw))
    @test f(1, 2; a = 3) == (1, (2,), (a = 3,))
    @test f(1) == (1, (), NamedTuple())
    n(x::Int, y::Vararg{Int, 2}) = x + sum(y)
    @test n(1, 2, 3) == 6
    @test_throws MethodError n(1, 2)
end
@testset "keywords" begin
    plot(x, y; style = "solid", width = 1, color = style * "!") = (style, width, color)
    @test plot(1, 2) == ("solid", 1, "solid!")
    @test plot(1, 2, width = 2) == ("solid", 2, "solid!")
    @test plot(1, 2; style = "a") == ("a", 1, "a!")
    width = 9
    @test plot(1, 2; width) == ("solid", 9, "solid!")
    options = (width = 3, color = "red")
    @test plot(1, 2; options...) == ("solid", 3, "red")
    @test plot(1, 2; options..., width = 4) == ("solid", 4, "red")
    @test plot(1, 2; Dict(:style => "d")...) == ("d", 1, "d!")
    @test plot(1, 2; :width => 5) == ("solid", 5, "solid!")
    need(; x, y = x) = x + y
    @test need(x = 2) == 4
    @test_throws UndefKeywordError need()
    @test_throws UndefKeywordError need(z = 1)
    @test_throws MethodError need(x = 1, z = 1)
    typed(; r::Int = 1) = r
    @test_throws TypeError typed(r = "a")
    order = Int[]
    o(; a = push!(order, 1), b = push!(order, 2)) = nothing
    o()
    @test order == [1, 2]
    o(b = 0)
    @test order == [1, 2, 1]
end
@testset "do blocks, composition, broadcasting" begin
    @test map([1, -2]) do x
        x < 0 ? -x : x
    end == [1, 2]
    @test map([(1, 2), (3, 4)]) do (a, b)
        a * b
    end == [2, 12]
    twice(f, x; n = 2) = foldl((y, _) -> f(y), 1:n; init = x)
    @test (twice(1; n = 3) do y; 2y; end) == 8
    @test (sqrt ∘ +)(3, 6) == 3
    @test (x -> x + 1).([1, 2]) == [2, 3]
    f(x, y) = 3x + 4y
    @test f.([1.0, 2.0], 1.0) == [7, 10]
    x = [1.0, 2.0]
    x .= 2 .* x .+ 1
    @test x == [3, 5]
    x .+= [1, 1]
    @test x == [4, 6]
    @test string.(["a", "b"], 1:2) == ["a1", "b2"]
end
@testset "closures" begin
    function counter()
        n = 0
        increase() = (n += 1)
        current() = n
        increase, current
    end
    step, value = counter()
    step(); step()
    @test value() == 2
    @test [f() for f in [() -> i^2 for i in 1:3]] == [1, 4, 9]
    functions = []
    i = 0
    while i < 3
        i += 1
        let j = i
            push!(functions, () -> j)
        end
    end
    @test [f() for f in functions] == [1, 2, 3]
    function parity(n)
        even(n) = n == 0 || odd(n - 1)
        odd(n) = n != 0 && even(n - 1)
        even(n)
    end
    @test parity(10) && !parity(7)
    adder(x) = y -> z -> x + y + z
    @test adder(1)(2)(3) == 6
    function fib(n)
        f(k) = k < 2 ? k : f(k - 1) + f(k - 2)
        f(n)
    end
    @test fib(15) == 610
end
