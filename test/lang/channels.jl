# Channels: with room and without, closing, binding, iterating, who waits for whom.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test

message(f) = try
    f()
    "no error"
catch e
    sprint(showerror, e)
end

@testset "with room" begin
    c = Channel{Int}(2)
    @test isopen(c) && !isready(c) && isempty(c) && eltype(c) == Int
    @test put!(c, 1) == 1
    put!(c, 2.0)
    @test isready(c) && fetch(c) == 1 && Base.n_avail(c) == 2
    blocked = @async (put!(c, 3); :done)
    yield()
    @test !istaskdone(blocked)
    @test take!(c) == 1
    @test fetch(blocked) === :done
    @test [take!(c), take!(c)] == [2, 3]
    @test_throws InexactError put!(c, 1.5)
    close(c)
    @test !isopen(c)
    @test message(() -> put!(c, 1)) == "InvalidStateException: Channel is closed."
    @test message(() -> take!(c)) == "InvalidStateException: Channel is closed."
    c = Channel(Inf)
    foreach(i -> put!(c, i), 1:100)
    close(c) # what lies in it can still be taken
    @test collect(c) == 1:100
    @test message(() -> Channel(-1)) == "ArgumentError: Channel size must be either 0, a positive integer or Inf"
    @test sprint(show, Channel{Int}(3)) == "Channel{Int64}(3)"
    @test repr("text/plain", Channel{Int}(3)) == "Channel{Int64}(3) (empty)"
end

@testset "without room" begin
    c = Channel{String}()
    @test message(() -> fetch(c)) == "`fetch` is not supported on an unbuffered Channel."
    log = String[]
    @async for w in ["a", "b", "c"]
        push!(log, "put $w")
        put!(c, w)
    end
    for _ in 1:3
        push!(log, "got " * take!(c))
    end
    @test log == ["put a", "got a", "put b", "got b", "put c", "got c"]
    t = @async take!(c)
    yield()
    close(c)
    @test try wait(t) catch e; e.task.exception isa InvalidStateException end
end

@testset "made by a function" begin
    squares = Channel(c -> foreach(i -> put!(c, i^2), 1:4))
    @test collect(squares) == [1, 4, 9, 16]
    fib = Channel{Int}(; spawn=false) do c
        a, b = 0, 1
        while true
            put!(c, a)
            a, b = b, a + b
        end
    end
    @test collect(Iterators.take(fib, 10)) == [0, 1, 1, 2, 3, 5, 8, 13, 21, 34]
    ref = Ref{Task}()
    c = Channel{Int}(10; taskref=ref, spawn=true) do c
        put!(c, 1)
    end
    @test take!(c) == 1
    wait(ref[])
    failing = Channel(c -> (put!(c, 1); error("producer")))
    got = Int[]
    e = try
        for x in failing
            push!(got, x)
        end
    catch e
        e
    end
    @test got == [1] && e isa TaskFailedException && e.task.exception.msg == "producer"
end

@testset "bound to tasks" begin
    c = Channel{Int}(4)
    t = @async (put!(c, 1); put!(c, 2))
    bind(c, t)
    wait(t)
    yield()
    @test !isopen(c) && collect(c) == [1, 2]
    c = Channel(0)
    t = @async error("lost")
    bind(c, t)
    e = try take!(c) catch e; e end
    @test e isa TaskFailedException
    c = Channel{Int}(1)
    close(c, ErrorException("own reason"))
    @test message(() -> take!(c)) == "own reason"
    @test message(() -> collect(c)) == "own reason"
end

@testset "many at both ends" begin
    for size in (0, 1, 7)
        work, results = Channel{Int}(size), Channel{Tuple{Int,Int}}(size)
        workers = [@async(for x in work
            yield()
            put!(results, (x, x^2))
        end) for _ in 1:4]
        @async (foreach(i -> put!(work, i), 1:50); close(work))
        @async (foreach(wait, workers); close(results))
        @test sort(collect(results)) == [(i, i^2) for i in 1:50]
    end
    # Only those who wait for there to be something.
    c = Channel{Int}(1)
    waiting = [@async (wait(c); isready(c)) for _ in 1:3]
    yield()
    put!(c, 9)
    @test all(fetch, waiting) && take!(c) == 9
    # A sieve of channels.
    function sieve(n)
        source = Channel{Int}(c -> foreach(i -> put!(c, i), Iterators.countfrom(2)))
        primes = Int[]
        for _ in 1:n
            p = take!(source)
            push!(primes, p)
            before = source
            source = Channel{Int}() do c
                while true
                    x = take!(before)
                    x % p == 0 || put!(c, x)
                end
            end
        end
        return primes
    end
    @test sieve(12) == [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37]
end
