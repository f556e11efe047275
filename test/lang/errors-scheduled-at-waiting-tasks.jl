# Tasks that wait for a lock are scheduled with errors by other threads, at any moment: the lock goes on from one to the next.
# determinism: skip, which thread compiles what depends on time
# RUN: %lig -t 4 %s
# RUN: %lig -t 4 --compile=min %s
using Test
using Base.Threads

function work(l, count, turns)
    for _ in 1:turns
        try
            lock(l)
        catch
            continue # the error took it out of the queue
        end
        try
            count[] += 1
            yield()
        catch
        finally
            unlock(l)
        end
    end
    return nothing
end
function disturb(tasks)
    while !all(istaskdone, tasks)
        for t in tasks
            try
                schedule(t, ErrorException("disturbed"); error=true)
            catch # it is ready, or has ended
            end
        end
        yield()
    end
end
@testset "locks" begin
    for round in 1:5
        l, count = ReentrantLock(), Ref(0)
        tasks = [Task(() -> work(l, count, 300)) for _ in 1:6]
        for t in tasks
            t.sticky = false
            schedule(t)
        end
        waiting = [@spawn(foreach(_ -> (@lock l (count[] += 1)), 1:300)) for _ in 1:4] # nobody disturbs these
        disturber = @spawn disturb(tasks)
        foreach(wait, waiting)
        foreach(t -> Base._wait(t), tasks)
        wait(disturber)
        @test !islocked(l) && count[] >= 1200
    end
end
