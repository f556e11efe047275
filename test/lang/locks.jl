# Locks, conditions, events, semaphores.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test

@testset "ReentrantLock" begin
    l = ReentrantLock()
    @test !islocked(l)
    @test lock(() -> islocked(l), l) && !islocked(l)
    @test @lock(l, @lock(l, 5)) == 5
    @test_throws ErrorException unlock(l)
    lock(l)
    other = @async trylock(l)
    @test fetch(other) == false
    waiting = [@async(@lock(l, i)) for i in 1:3]
    yield()
    @test !any(istaskdone, waiting)
    unlock(l)
    @test fetch.(waiting) == [1, 2, 3]
    @test trylock(l)
    unlock(l)
    try
        lock(() -> error("inside"), l)
    catch
    end
    @test !islocked(l)
    # One that gives up waiting leaves the others their turn.
    lock(l)
    a = @async try
        lock(l)
    catch e
        e
    end
    b = @async @lock l 2
    yield()
    schedule(a, :stop; error=true)
    yield()
    unlock(l)
    @test fetch(a) === :stop && fetch(b) == 2
    # The counter is read and written with a pause between.
    n = 0
    @sync for _ in 1:20
        @async for _ in 1:5
            @lock l begin
                seen = n
                yield()
                n = seen + 1
            end
        end
    end
    @test n == 100
end

@testset "Condition" begin
    c = Condition()
    @test notify(c) == 0
    ts = [@async(wait(c)) for _ in 1:3]
    yield()
    @test notify(c, :one; all=false) == 1
    @test notify(c, :rest) == 2
    @test fetch.(ts) == [:one, :rest, :rest]
    t = @async wait(c)
    yield()
    notify(c, ErrorException("told"); error=true)
    @test try wait(t) catch e; e.task.exception.msg end == "told"
    tc = Threads.Condition()
    @test_throws ConcurrencyViolationError notify(tc)
    @test_throws ConcurrencyViolationError wait(tc)
    ready = false
    consumer = @async lock(tc) do
        while !ready
            wait(tc)
        end
        :seen
    end
    yield()
    lock(tc) do
        ready = true
        notify(tc)
    end
    @test fetch(consumer) === :seen
end

@testset "Event" begin
    e = Base.Event()
    t = @async (wait(e); 1)
    yield()
    @test !istaskdone(t)
    notify(e)
    @test fetch(t) == 1
    wait(e) # stays set
    reset(e)
    once = Base.Event(true)
    notify(once)
    wait(once)
    t = @async (wait(once); 2)
    yield()
    @test !istaskdone(t)
    notify(once)
    @test fetch(t) == 2
end

@testset "Semaphore" begin
    s = Base.Semaphore(2)
    running, most = 0, 0
    @sync for _ in 1:8
        @async Base.acquire(s) do
            running += 1
            most = max(most, running)
            yield()
            running -= 1
        end
    end
    @test most == 2
    @test_throws ErrorException Base.release(s)
    @test_throws ArgumentError Base.Semaphore(0)
    @test Base.@acquire(s, 3) == 3
end

@testset "one at a time" begin
    boxed = Base.Lockable(Ref(0))
    @test_throws ConcurrencyViolationError boxed[]
    @sync for _ in 1:10
        @async lock(boxed) do r
            seen = r[]
            yield()
            r[] = seen + 1
        end
    end
    @test lock(r -> r[], boxed) == 10
    calls = 0
    once = Base.OncePerProcess{Int}(() -> (yield(); calls += 1))
    @test asyncmap(_ -> once(), 1:5) == fill(1, 5) && calls == 1
end
