# SPDX-License-Identifier: MIT
# The library's sort of a million floats in no order.
# The same in C++: peers/sort_floats.cpp

@noinline function work(n)
    state = 42
    v = Vector{Float64}(undef, n)
    for i in 1:n
        state = (state * 1103515245 + 12345) % 2147483648
        v[i] = state / 2147483648 - 0.5
    end
    sort!(v)
    sum = 0.0
    for i in 1:1000:n
        sum += v[i]
    end
    return sum
end

# The size is read anew each time, so that no call can be taken for the one before.
const SIZE = [isempty(ARGS) ? 1_000_000 : parse(Int, ARGS[1])]

include("measure.jl")

measure(5)
