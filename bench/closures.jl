# SPDX-License-Identifier: MIT
# Closures in a hot loop: made there, passed on, composed, and called from a vector of them.
# The same in C++: peers/closures.cpp

function fold_with(f, n)
    sum = 0
    for i in 1:n
        sum = f(sum, i)
    end
    return sum
end
compose(f, g) = x -> f(g(x))

@noinline function work(n)
    total = 0
    for k in 1:100
        step = k * 3
        mix = compose(x -> x ⊻ step, x -> x * k + 1)
        total += fold_with((sum, i) -> (sum + mix(i)) % 1000003, n)
    end
    rules = [x -> (x * k + 7) % 1009 for k in 1:16]
    x = 1
    for i in 1:n
        for rule in rules
            x = rule(x)
        end
    end
    return total + x
end

# The size is read anew each time, so that no call can be taken for the one before.
const SIZE = [isempty(ARGS) ? 200_000 : parse(Int, ARGS[1])]

include("measure.jl")

measure(5)
