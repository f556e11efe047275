# Tasks on four threads: sums, locks, channels, atomic cells and fields; definitions and compilation at once.
# determinism: skip, which thread compiles what depends on time
# RUN: %lig -t 4 %s
# RUN: %lig -t 4 --compile=min %s
using Test
using Base.Threads

@testset "where" begin
    @test nthreads() == 4 && threadid() == 1
    arrived = Atomic{Int}(0)
    # Each begins and waits until all four have: nobody else can take their threads meanwhile.
    ids = fetch.([@spawn begin
        atomic_add!(arrived, 1)
        while arrived[] < 4
            yield()
        end
        before = threadid()
        yield()
        (before, threadid())
    end for _ in 1:4])
    @test all(p -> p[1] == p[2] && 1 <= p[1] <= 4, ids)
    @test fetch(@async threadid()) == 1
end

@testset "@threads" begin
    for schedule in (:dynamic, :static, :greedy)
        out = zeros(Int, 101)
        @eval run_loop(out) = @threads $(QuoteNode(schedule)) for i in eachindex(out)
            out[i] = i^2
        end
        Base.invokelatest(run_loop, out)
        @test out == (1:101) .^ 2
    end
    ids = zeros(Int, 8)
    @threads :static for i in 1:8
        ids[i] = threadid()
    end
    @test ids == [1, 1, 2, 2, 3, 3, 4, 4]
    seen = Atomic{Int}(0)
    @threads for (i, s) in collect(enumerate(["a", "bb", "ccc"]))
        atomic_add!(seen, i * length(s))
    end
    @test seen[] == 14
    @threads for i in 1:0
        error("never")
    end
    e = try
        @threads for i in 1:4
            i == 3 && error("three")
        end
    catch e
        e
    end
    @test e isa CompositeException && e.exceptions[1].task.exception.msg == "three"
end

mutable struct Counter
    @atomic n::Int
    @atomic label::String
    plain::Int
end
@testset "atomic" begin
    a, f, b = Atomic{Int}(0), Atomic{Float64}(0.0), Atomic{Bool}(false)
    c = Counter(0, "", 0)
    l, spin, held = ReentrantLock(), SpinLock(), Ref(0)
    @sync for k in 1:8
        @spawn for i in 1:500
            atomic_add!(a, i)
            atomic_add!(f, 0.5)
            @atomic c.n += 1
            @lock l (c.plain += 1)
            @lock spin (held[] += 1)
        end
    end
    @test a[] == 8 * 125250 && f[] == 2000.0
    @test (@atomic c.n) == 4000 && c.plain == 4000 && held[] == 4000
    @test atomic_cas!(a, a[], 5) == 8 * 125250 && a[] == 5
    @test atomic_xchg!(b, true) == false && b[]
    @test atomic_max!(a, 9) == 5 && atomic_min!(a, 7) == 9 && a[] == 7
    @test atomic_and!(a, 6) == 7 && atomic_or!(a, 8) == 6 && atomic_xor!(a, 2) == 14 && atomic_sub!(a, 1) == 12
    @test Atomic(0x05)[] === 0x05 && atomic_add!(Atomic{UInt8}(0xff), 0x01) === 0xff
    x = Atomic{Int16}(-3)
    @test atomic_add!(x, Int16(-2)) === Int16(-3) && x[] === Int16(-5)
    @test (@atomicswap c.label = "new") == "" && (@atomic c.label) == "new"
    @test (@atomicreplace c.n 4000 => 1) === (old=4000, success=true)
    @test (@atomicreplace c.n 4000 => 2) === (old=1, success=false)
    @test (@atomic c.n max 7) === (1 => 7) && (@atomic :acquire_release c.n + 1) === (7 => 8)
    @test (@atomic c.n = 3) == 3 && (@atomic :acquire c.n) == 3
end

@testset "channels" begin
    for size in (0, 1, 100), round in 1:20 # a late wake from a lock shows once in some rounds
        c = Channel{Int}(size)
        total = Atomic{Int}(0)
        producers = [@spawn(foreach(i -> put!(c, i), 1:100)) for _ in 1:4]
        consumers = [@spawn(for x in c
            atomic_add!(total, x)
        end) for _ in 1:4]
        foreach(wait, producers)
        close(c)
        foreach(wait, consumers)
        @test total[] == 4 * 5050
    end
    c = Channel{Int}(3; spawn=true) do c
        foreach(i -> put!(c, i), 1:20)
    end
    @test collect(c) == 1:20
end

parallel_fib(n) = n < 2 ? n : begin
    t = @spawn parallel_fib(n - 2)
    parallel_fib(n - 1) + fetch(t)
end
@testset "tasks that spawn tasks" begin
    @test parallel_fib(15) == 610
    e = Base.Event()
    waiting = [@spawn((wait(e); i)) for i in 1:20]
    notify(e)
    @test sum(fetch, waiting) == 210
    s, running, most = Base.Semaphore(3), Atomic{Int}(0), Atomic{Int}(0)
    @sync for _ in 1:12
        @spawn Base.acquire(s) do
            atomic_max!(most, atomic_add!(running, 1) + 1)
            yield()
            atomic_sub!(running, 1)
        end
    end
    @test 1 <= most[] <= 3
end

@testset "memory" begin
    lists = fetch.([@spawn begin
        kept = Any[]
        for i in 1:3000
            push!(kept, string(k, ":", i))
            i % 500 == 0 && yield()
        end
        sum(length, kept)
    end for k in 1:8])
    @test all(==(lists[1]), lists)
    @sync for k in 1:4
        @spawn for _ in 1:5
            GC.gc()
            [zeros(100) for _ in 1:100]
        end
    end
end

@testset "definitions and compilation" begin
    # Everybody compiles the same functions, and functions of one's own, while others are defined.
    mix(x, y) = x isa Integer ? x + y : x * y
    results = fetch.([@spawn begin
        total = 0.0
        for i in 1:60
            for x in (i, Int8(1), 2.0f0, 0x03, i / 2)
                total += mix(x, k)
            end
            T = Core.eval(Main, :(struct $(Symbol(:Own, k, :_, i)); x::Int; end; $(Symbol(:Own, k, :_, i))))
            Core.eval(Main, :(of(v::$T) = v.x + $i))
            total += Base.invokelatest(() -> Main.of(T(k)))
        end
        total
    end for k in 1:4])
    expected(k) = sum(i + k + 1 + k + 2 * k + 3 + k + i / 2 * k + k + i for i in 1:60)
    @test results == expected.(1:4)
end
