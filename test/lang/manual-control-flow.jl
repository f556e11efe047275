# The manual's chapter on control flow.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test
@testset "compound expressions" begin
    z = begin
        x = 1
        y = 2
        x + y
    end
    @test z == 3
    @test (x = 1; y = 2; x + y) == 3
end
@testset "conditions" begin
    describe(x, y) = x < y ? "less" : x == y ? "equal" : "greater"
    @test describe.([1, 2, 3], 2) == ["less", "equal", "greater"]
    function leaky(x)
        if x > 0
            sign = "positive"
        elseif x < 0
            sign = "negative"
        end
        @isdefined(sign) ? sign : "none"
    end
    @test leaky.([1, -1, 0]) == ["positive", "negative", "none"]
    @test (if false 1 end) === nothing
    @test_throws TypeError if 1 true end
    log = Int[]
    t(x) = (push!(log, x); true)
    f(x) = (push!(log, x); false)
    @test !(t(1) && f(2) && t(3))
    @test f(4) || t(5)
    @test log == [1, 2, 4, 5]
    fact(n::Int) = (n >= 0 || error("negative"); n == 0 && return 1; n * fact(n - 1))
    @test fact(5) == 120
    @test_throws ErrorException fact(-1)
    @test (true && 3) == 3
    v = 1
    v > 0 && (v = 10)
    @test v == 10
end
@testset "comparison chains" begin
    calls = Int[]
    c(x) = (push!(calls, x); x)
    @test c(1) < c(2) <= c(2) < c(3) == c(3) > c(2) >= c(1) == c(1) < c(3) != c(5)
    @test length(calls) == 10
    empty!(calls)
    decided = c(3) < c(2) < c(9) # not in @test, which shows the values of all operands
    @test !decided
    @test calls == [3, 2]
    @test 1 < 2 in [2, 3]
end
@testset "loops" begin
    @test [(i, j) for i = 1:2 for j = i:2] == [(1, 1), (1, 2), (2, 2)]
    seen = []
    for i = 1:2, j in (3, 4)
        push!(seen, (i, j))
        i = 0
    end
    @test seen == [(1, 3), (1, 4), (2, 3), (2, 4)]
    for i = 1:2, j = 3:4
        j == 4 && break
        push!(seen, i)
    end
    @test seen[5:end] == [1]
    odd = Int[]
    for i = 1:10
        iseven(i) && continue
        i > 7 && break
        push!(odd, i)
    end
    @test odd == [1, 3, 5, 7]
    n, steps = 27, 0
    while n != 1
        n = iseven(n) ? n ÷ 2 : 3n + 1
        steps += 1
    end
    @test steps == 111
    function last_of_outer()
        i = 0
        for outer i = 1:3
        end
        i
    end
    @test last_of_outer() == 3
    function outer_pair()
        local a, b
        for outer (a, b) in ((1, 2), (3, 4))
        end
        (a, b)
    end
    @test outer_pair() == (3, 4)
    j = 10
    for j = 1:3
    end
    @test j == 10
end
@testset "exceptions" begin
    safe_sqrt(x) = try sqrt(x) catch; sqrt(complex(x)) end
    @test safe_sqrt(4) == 2
    thrown(f) = try f(); nothing catch e; e end
    @test thrown(() -> sqrt(-1)) isa DomainError
    @test thrown(() -> throw(42)) == 42
    @test thrown(() -> error("a", 1)).msg == "a1"
    @test (try 1 catch; 2 else 3 finally 4 end) == 3
    @test (try error() catch; 2 else 3 finally 4 end) == 2
    returns() = try return 1 finally return 2 end
    @test returns() == 2
    function nested()
        log = []
        try
            try
                error("first")
            catch
                push!(log, :inner)
                try
                    error("second")
                catch
                    rethrow()
                finally
                    push!(log, :cleanup)
                end
            finally
                push!(log, :outer)
            end
        catch e
            push!(log, e.msg)
        end
        log
    end
    @test nested() == [:inner, :cleanup, :outer, "second"]
    function ways(k)
        log = String[]
        for i in 1:3
            try
                push!(log, "t")
                k == 1 && i == 2 && continue
                k == 2 && i == 2 && break
                k == 3 && i == 2 && return (join(log), :returned)
                k == 4 && i == 2 && error("x")
            catch
                push!(log, "c")
                k == 4 && return (join(log), :caught)
            else
                push!(log, "e")
                k == 5 && i == 2 && continue
                k == 6 && i == 2 && break
                k == 7 && i == 2 && return (join(log), :returned)
            finally
                push!(log, "f")
                k == 8 && i == 2 && continue
                k == 9 && i == 2 && break
                k == 10 && i == 2 && return (join(log), :finally)
            end
            push!(log, ".")
        end
        (join(log), :end)
    end
    @test ways(0) == ("tef.tef.tef.", :end)
    @test ways(1) == ("tef.tftef.", :end)
    @test ways(2) == ("tef.tf", :end)
    @test ways(3) == ("tef.t", :returned)
    @test ways(4) == ("tef.tc", :caught)
    @test ways(5) == ("tef.teftef.", :end)
    @test ways(6) == ("tef.tef", :end)
    @test ways(7) == ("tef.te", :returned)
    @test ways(8) == ("tef.teftef.", :end)
    @test ways(9) == ("tef.tef", :end)
    @test ways(10) == ("tef.tef", :finally)
end
@testset "labels" begin
    function jumps(n)
        i = 0
        @label again
        i += 1
        i < n && @goto again
        try
            i += 100
            i < 200 && @goto out
        finally
            i += 1000
        end
        return i
        @label out
        (i, :out)
    end
    @test jumps(3) == (1103, :out)
    @test jumps(150) == 1250
    function search()
        for i in 1:10, j in 1:10
            i * j == 42 && @goto found
        end
        return nothing
        @label found
        :found
    end
    @test search() === :found
end
