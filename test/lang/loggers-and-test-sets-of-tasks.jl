# with_logger and @testset hold for the task that they are in; a task begins with its creator's logger.
# determinism: skip, which thread compiles what depends on time
# warm: when moved, what it logs says the file
# RUN: %lig -t 4 %s
# RUN: %lig -t 4 --compile=min %s
using Test, Logging
using Base.Threads

@testset "loggers" begin
    before = current_logger()
    inside = Base.Event()
    leave = Base.Event()
    logger = NullLogger()
    other = @spawn with_logger(logger) do
        notify(inside)
        wait(leave)
        current_logger() === logger && fetch(@spawn current_logger()) === logger
    end
    wait(inside)
    @test current_logger() === before
    with_logger(logger) do
        notify(leave)
        @test fetch(other)
        @test current_logger() === logger
    end
    @test current_logger() === before
    logs = [begin
        io = IOBuffer()
        (io, @spawn with_logger(SimpleLogger(io)) do
            for i in 1:20
                @info "from $k"
                yield()
            end
        end)
    end for k in 1:4]
    for (k, (io, t)) in enumerate(logs)
        wait(t)
        text = String(take!(io))
        @test length(findall("from $k", text)) == 20 && length(findall("from ", text)) == 20
    end
end
@testset "test sets" begin
    depth = Test.get_testset_depth()
    @test depth == 1
    @test fetch(@async Test.get_testset_depth()) == 0
    mine = Test.get_testset()
    sets = fetch.([@spawn begin
        ts = Test.DefaultTestSet("of task $k")
        Test.push_testset(ts)
        for i in 1:10
            @test i > 0
            yield()
        end
        Test.pop_testset()
        foreach(_ -> Test.record(mine, Test.Pass(:test, nothing, nothing, true, nothing)), 1:100)
        ts
    end for k in 1:4])
    @test all(ts -> ts.n_passed == 10, sets) && mine.n_passed == 402
end
