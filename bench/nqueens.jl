# SPDX-License-Identifier: MIT
# Recursion over bit masks: all ways to place n queens.
# The same in C: peers/nqueens.c

@noinline function place(all, columns, left, right)
    columns == all && return 1
    ways = 0
    free = all & ~(columns | left | right)
    while free != 0
        bit = free & -free
        free ⊻= bit
        ways += place(all, columns | bit, ((left | bit) << 1) & all, (right | bit) >> 1)
    end
    return ways
end

work(n) = place((1 << n) - 1, 0, 0, 0)

# The size is read anew each time, so that no call can be taken for the one before.
const SIZE = [isempty(ARGS) ? 13 : parse(Int, ARGS[1])]

include("measure.jl")

measure(5)
