# SPDX-License-Identifier: MIT
# Values that may be missing, through iteration: a search that gives a number or nothing, an iterator of one's own, and a
# vector that holds either.
# The same in C++ with std::optional: peers/small_unions.cpp

struct Collatz
    start::Int
end
function Base.iterate(c::Collatz, n = c.start)
    n == 0 && return nothing
    return n, n == 1 ? 0 : iseven(n) ? n ÷ 2 : 3n + 1
end

function smallest_factor(n, limit)
    for p in 2:limit
        n % p == 0 && return p
    end
    return nothing
end

@noinline function work(n)
    sum = 0
    for k in 1:n
        for x in Collatz(k)
            sum += x & 15
        end
    end
    found = Union{Int,Nothing}[]
    for k in 1:n
        push!(found, smallest_factor(k, 10))
    end
    for round in 1:20, f in found
        if f !== nothing
            sum += f * round
        end
    end
    return sum
end

# The size is read anew each time, so that no call can be taken for the one before.
const SIZE = [isempty(ARGS) ? 200_000 : parse(Int, ARGS[1])]

include("measure.jl")

measure(5)
