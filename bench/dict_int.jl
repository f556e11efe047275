# SPDX-License-Identifier: MIT
# A hash table with a million integer keys: filled, read back, and updated in place.
# The same in C++: peers/dict_int.cpp

following(key) = (key * 1103515245 + 12345) % 2147483648

@noinline function work(n)
    table = Dict{Int,Int}()
    key = 1
    for i in 1:n
        key = following(key)
        table[key] = i
    end
    sum, key = 0, 1
    for i in 1:n
        key = following(key)
        sum += table[key]
        haskey(table, key + 1) && (sum += 1)
    end
    key = 1
    for i in 1:n÷2
        key = following(key)
        table[key] = get(table, key, 0) + i
    end
    for (k, v) in table
        sum += k ⊻ v
    end
    return sum + length(table)
end

# The size is read anew each time, so that no call can be taken for the one before.
const SIZE = [isempty(ARGS) ? 1_000_000 : parse(Int, ARGS[1])]

include("measure.jl")

measure(5)
