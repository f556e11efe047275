# Tasks: order, results, failures, waiting, storage, timers.
# RUN: %lig %s
# RUN: %lig --compile=min %s
using Test

@testset "life of a task" begin
    t = Task(() -> 42)
    @test !istaskstarted(t) && !istaskdone(t) && t.state === :runnable
    @test schedule(t) === t
    @test fetch(t) == 42
    @test istaskdone(t) && !istaskfailed(t) && t.state === :done && t.result == 42
    @test_throws ErrorException schedule(t)
    @test fetch(7) == 7
    @test current_task() isa Task && current_task() === current_task()
    t = @task (yield(); 1)
    schedule(t)
    @test_throws ErrorException("schedule: Task not runnable") schedule(t)
    @test fetch(t) == 1
    @test startswith(sprint(show, t), "Task (done) @0x")
end

@testset "order" begin
    seen = Int[]
    a = @async for i in 1:3
        push!(seen, i)
        yield()
    end
    b = @async for i in 11:13
        push!(seen, i)
        yield()
    end
    @test isempty(seen) # nothing runs before somebody waits
    wait(a)
    wait(b)
    @test seen == [1, 11, 2, 12, 3, 13]
    function sleepers(longer)
        seen = String[]
        @sync begin
            @async (sleep(longer); push!(seen, "late"))
            @async (sleep(0.001); push!(seen, "soon"))
            push!(seen, "now")
        end
        return seen
    end
    sleepers(0.001) # compiles what may take longer than the sleep of the first
    @test sleepers(0.3) == ["now", "soon", "late"]
end

@testset "failures" begin
    t = @async error("boom")
    e = try
        wait(t)
    catch e
        e
    end
    @test e isa TaskFailedException && e.task === t
    @test istaskfailed(t) && t.state === :failed && t.exception == ErrorException("boom") && t.result == ErrorException("boom")
    @test startswith(sprint(showerror, e), "TaskFailedException\n\n    nested task error: boom\n    Stacktrace:\n     [1] error(s::String)")
    @test_throws TaskFailedException fetch(t)
    @test current_exceptions(t)[1].exception == ErrorException("boom")
    @test wait(t; throw=false) === nothing
    e = try
        @sync begin
            @async error("one")
            @async throw(KeyError(2))
        end
    catch e
        e
    end
    @test e isa CompositeException && length(e) == 2 && all(x -> x isa TaskFailedException, e)
    @test occursin("nested task error: one", sprint(showerror, e)) && endswith(sprint(showerror, e), "\n\n...and 1 more exception.\n")
    # A task that has not begun fails with what it is scheduled with.
    t = Task(() -> 1)
    schedule(t, ArgumentError("no"); error=true)
    @test try wait(t) catch e; e.task.exception end == ArgumentError("no")
    # Thrown while it waits.
    c = Condition()
    t = @async try
        wait(c)
    catch e
        e
    end
    yield()
    schedule(t, InterruptException(); error=true)
    @test fetch(t) === InterruptException()
    @test isempty(c)
    # What is caught inside does not show outside; the handlers of two tasks do not mix.
    function guarded(n)
        try
            yield()
            n % 2 == 0 && error("even $n")
            yield()
            n
        catch e
            yield()
            e.msg
        finally
            yield()
        end
    end
    @test fetch.([@async(guarded(i)) for i in 1:4]) == [1, "even 2", 3, "even 4"]
end

@testset "some of many" begin
    quick, slow = @async(1), @async(wait())
    done, rest = waitany([quick, slow])
    @test done == [quick] && rest == [slow]
    schedule(slow, 2)
    done, rest = waitall([quick, slow])
    @test fetch.(done) == [1, 2] && isempty(rest)
    @test_throws CompositeException waitall([@async(error("x")), @async(1)])
    done, rest = waitall([@async(error("x")), @async(1)]; failfast=false, throw=false)
    @test length(done) == 2
end

overflow(n) = 1 + overflow(n + 1)
depth(n) = n == 0 ? 0 : 1 + depth(n - 1)
@testset "stacks" begin
    for _ in 1:3
        @test fetch(@async try
            overflow(0)
        catch e
            e isa StackOverflowError
        end)
    end
    t = @async overflow(0)
    @test try wait(t) catch e; e.task.exception isa StackOverflowError end
    @test fetch(@async depth(10_000)) == 10_000
    # Objects that only a parked stack holds live on.
    tasks = map(1:200) do i
        @async begin
            held = [string("item ", i, " ", j) for j in 1:20]
            yield()
            sum(length, held) + length(join(held))
        end
    end
    yield()
    GC.gc()
    garbage = [collect(1:100) for _ in 1:2000]
    GC.gc()
    @test sum(fetch, tasks) == 2 * sum(length("item $i $j") for i in 1:200, j in 1:20)
end

@testset "macros" begin
    x = 1
    t = @async $x + 1
    x = 10
    @test fetch(t) == 2
    @test [fetch(t) for t in [@async(i^2) for i in 1:5]] == [1, 4, 9, 16, 25]
    # @sync waits for its own, also those started by others of its own.
    done = Int[]
    @sync begin
        @async begin
            yield()
            push!(done, 1)
            @async (yield(); push!(done, 2))
        end
        @sync begin
            @async push!(done, 3)
        end
        push!(done, 4)
    end
    @test sort(done) == [1, 2, 3, 4] && findfirst(==(3), done) < findfirst(==(4), done)
    @test (@sync 5) == 5
    t = Threads.@spawn 2 + 3
    @test fetch(t) == 5
end

@testset "going straight to another" begin
    log = []
    main = current_task()
    t = Task() do
        push!(log, "in")
        got = yieldto(main, :out)
        push!(log, got)
        yieldto(main, :end)
    end
    @test yieldto(t) === :out
    @test yieldto(t, "again") === :end
    @test log == ["in", "again"]
    t = @task try
        wait()
    catch e
        e
    end
    schedule(t)
    yield()
    schedule(t, "x"; error=true)
    @test fetch(t) == "x"
    t = @async wait()
    yield()
    schedule(t, 3)
    @test fetch(t) == 3
    @test_throws ConcurrencyViolationError wait(current_task())
end

@testset "storage" begin
    task_local_storage(:a, 1)
    @test task_local_storage(:a) == 1
    @test fetch(@async haskey(task_local_storage(), :a)) == false
    @test task_local_storage(() -> task_local_storage(:a), :a, 2) == 2
    @test task_local_storage(:a) == 1
    @test_throws KeyError task_local_storage(:b)
end

@testset "time" begin
    @test_throws ArgumentError sleep(-1)
    @test timedwait(() -> true, 1.0) === :ok
    @test timedwait(() -> false, 0.02; pollint=0.005) === :timed_out
    n = 0
    t = Timer(_ -> n += 1, 0.001; interval=0.002)
    while n < 3
        sleep(0.001)
    end
    close(t)
    @test !isopen(t)
    after = n
    sleep(0.01)
    @test n == after
    t = Timer(0.001)
    @test wait(t) === nothing
    t = Timer(100)
    waiter = @async wait(t)
    yield()
    close(t)
    @test try wait(waiter) catch e; e.task.exception isa EOFError end
    @test_throws EOFError wait(t)
    @test_throws ArgumentError Timer(-1)
end

@testset "many" begin
    @test asyncmap(x -> (sleep(0.0001 * (5 - x)); x^2), 1:4) == [1, 4, 9, 16]
    @test asyncmap((x, y) -> x + y, [1, 2], [3, 4]; ntasks=1) == [4, 6]
    @test asyncmap(b -> map(x -> 2 * x[1], b), 1:5; batch_size=2) == [2, 4, 6, 8, 10]
    @test_throws ErrorException asyncmap(x -> error("no $x"), 1:2)
    running, most = 0, 0
    asyncmap(1:10; ntasks=3) do _
        running += 1
        most = max(most, running)
        yield()
        running -= 1
    end
    @test most == 3
    total = 0
    @sync for i in 1:5000
        @async (yield(); total += i)
    end
    @test total == 5000 * 5001 ÷ 2
end

@testset "programs in tasks" begin
    # Evaluating, including and failing to parse, each in the middle of the others.
    results = asyncmap(1:8) do i
        Core.eval(Main, :(module $(Symbol(:In, i))
            f(x) = x + $i
            yield()
            g() = f(1)
        end))
        yield()
        Base.invokelatest(getfield(Base.invokelatest(getglobal, Main, Symbol(:In, i)), :g))
    end
    @test results == 2:9
    @test asyncmap(i -> include_string(Main, "yield(); x = $i; yield(); $i * 2"), 1:3) == [2, 4, 6]
end
