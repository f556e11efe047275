# SPDX-License-Identifier: MIT
# A try block entered millions of times, which a thousandth of the turns leave by an exception.
# The same in C++: peers/try_loop.cpp

struct TooLarge <: Exception
    value::Int
end

@noinline function checked(x, limit)
    x > limit && throw(TooLarge(x))
    return x ⊻ 5
end

@noinline function work(n)
    sum, state = 0, 42
    for i in 1:n
        state = (state * 1103515245 + 12345) % 2147483648
        try
            sum += checked(state >> 11, 1047528)
        catch e
            e isa TooLarge || rethrow()
            sum -= e.value
        end
    end
    return sum
end

# The size is read anew each time, so that no call can be taken for the one before.
const SIZE = [isempty(ARGS) ? 5_000_000 : parse(Int, ARGS[1])]

include("measure.jl")

measure(5)
