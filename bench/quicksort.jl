# SPDX-License-Identifier: MIT
# Compare and swap: n numbers of a linear congruential generator, sorted in place.
# The same in C: peers/quicksort.c

@noinline function quicksort!(v, lo, hi)
    while lo < hi
        @inbounds pivot = v[(lo+hi)>>>1]
        i = lo
        j = hi
        while i <= j
            @inbounds while v[i] < pivot
                i += 1
            end
            @inbounds while pivot < v[j]
                j -= 1
            end
            if i <= j
                @inbounds v[i], v[j] = v[j], v[i]
                i += 1
                j -= 1
            end
        end
        if j - lo < hi - i
            quicksort!(v, lo, j)
            lo = i
        else
            quicksort!(v, i, hi)
            hi = j
        end
    end
end

function work(n)
    v = zeros(Int, n)
    state = 42
    for i in 1:n
        state = (state * 1103515245 + 12345) % 2147483648
        @inbounds v[i] = state
    end
    quicksort!(v, 1, n)
    checksum = 0
    for i in 1:n
        @inbounds checksum = checksum * 31 + v[i]
    end
    return checksum
end

# The size is read anew each time, so that no call can be taken for the one before.
const SIZE = [isempty(ARGS) ? 1_000_000 : parse(Int, ARGS[1])]

include("measure.jl")

measure(5)
