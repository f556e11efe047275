# SPDX-License-Identifier: MIT
# The timing loop of every benchmark here: the best of several runs of work(SIZE[1]), which the file that includes this
# one defines, after a run that only warms up.

function measure(times)
    checksum = work(SIZE[1])
    best = typemax(Int)
    for _ in 1:times
        start = time_ns()
        checksum = work(SIZE[1])
        best = min(best, Int(time_ns() - start))
    end
    println("checksum ", checksum)
    println("best_ns ", best)
end
