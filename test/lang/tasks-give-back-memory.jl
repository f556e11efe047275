# Ten thousand tasks that evaluate a foreign call and wait: dropped ones are collected with their stacks, and so are those that end.
# Sanitizers keep memory of their own beside every stack.
# UNSUPPORTED: sanitized
# determinism: skip, measures memory
# RUN: %lig %s
using Test

resident() = parse(Int, split(read("/proc/self/statm", String))[2]) * 4096
park(i) = @async eval(:(ccall(:sqrt, Float64, (Float64,), $i); wait()))
function drop(n)
    for i in 1:n
        park(i)
        i % 100 == 0 && (yield(); GC.gc())
    end
end
function keep(n)
    tasks = Task[]
    for i in 1:n
        push!(tasks, park(i))
        i % 100 == 0 && (yield(); GC.gc())
    end
    held = resident()
    foreach(schedule, tasks)
    foreach(wait, tasks)
    return held, count(istaskdone, tasks)
end
settled() = (foreach(_ -> GC.gc(), 1:6); resident()) # finalizers run after a collection, what they held goes with the next

# What a process of this size may grow by in other ways; the stacks alone are 40 MiB.
const slack = 16 * 2^20

drop(200) # compiles what there is to compile
before = resident()
drop(10_000)
@test settled() < before + slack

held, done = keep(10_000)
@test done == 10_000
@test held > before + 10_000 * 4096 # it was their stacks that were there
@test settled() < before + slack
