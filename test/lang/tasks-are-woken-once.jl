# What schedules a task that runs, has ended, or waits for something else: each wake is for one wait, and an ended task is
# never run again.
# RUN: %lig %s
# RUN: %lig -t 4 %s
# RUN: %lig --compile=min %s
using Test

@testset "a task that was scheduled while it ran has ended" begin
    t = @async (schedule(current_task()); 1)
    @test fetch(t) == 1
    yield()
    @test istaskdone(t) && !istaskfailed(t) && t.result == 1
    for i in 1:100
        u = @async (schedule(current_task(), ErrorException("never seen"); error=true); i)
        @test fetch(u) == i
    end
    @test sum(fetch.([@async(i) for i in 1:100])) == 5050
    @test_throws ErrorException schedule(t)
end
@testset "a running task finds the wake at its next wait" begin
    t = @async (schedule(current_task(), :sent); wait())
    @test fetch(t) === :sent
    @test_throws ErrorException("to myself") Base.throwto(current_task(), ErrorException("to myself"))
    @test yieldto(current_task(), 3) == 3
end
@testset "conditions forget who was woken by something else" begin
    c = Condition()
    log = []
    a = @async (push!(log, wait(c)); push!(log, wait()))
    b = @async push!(log, wait(c))
    yield()
    schedule(a, :other)
    yield()
    @test length(c.waitq) == 1 && log == [:other]
    @test notify(c, :told) == 1 # b alone
    fetch(b)
    schedule(a, :last)
    fetch(a)
    @test log == [:other, :told, :last]
    # Whoever is woken already does not take the only notice.
    a, b = @async(wait(c)), @async(wait(c))
    yield()
    schedule(a, :other)
    @test notify(c, :told; all=false) == 1
    @test (fetch(a), fetch(b)) == (:other, :told)
end
@testset "closing a timer wakes its task out of the timer's sleep alone" begin
    c = Channel{Any}(10)
    timer = Timer(0) do t
        put!(c, current_task())
        put!(c, wait())
    end
    task = take!(c)
    yield()
    close(timer)
    yield()
    @test !isready(c)
    schedule(task, :sent)
    @test take!(c) === :sent
    repeated = Timer(t -> (put!(c, current_task()); put!(c, wait())), 0; interval=0.001)
    task = take!(c)
    yield()
    close(repeated)
    schedule(task, 2)
    @test take!(c) == 2
    wait(task)
    @test !isready(c) && !isopen(repeated)
    asleep = Timer(t -> error("never called"), 1000)
    yield()
    close(asleep)
    wait(asleep.task)
    where = Channel{Bool}(1)
    for spawn in (true, false)
        Timer(t -> put!(where, current_task().sticky), 0; spawn)
        @test take!(where) != spawn
    end
end
@testset "unbuffered channels pass over takers that something else has woken" begin
    c = Channel{Int}(0)
    first = @async try take!(c) catch e; e.msg end
    second = @async take!(c)
    yield()
    schedule(first, ErrorException("elsewhere"); error=true)
    put!(c, 5)
    @test fetch(first) == "elsewhere" && fetch(second) == 5
end
@testset "emptying a channel leaves what is still to be put" begin
    c = Channel{Int}(1)
    put!(c, 1)
    t = @async put!(c, 2)
    yield()
    @test Base.n_avail(c) == 2
    empty!(c)
    wait(t)
    @test isready(c) && Base.n_avail(c) == 1 && take!(c) == 2 && !isready(c)
end
