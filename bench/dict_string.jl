# SPDX-License-Identifier: MIT
# A hash table with a million strings as keys: filled, then every key looked up in another order.
# The same in C++: peers/dict_string.cpp

# The keys are made once: the table is what is measured.
const KEYS = String[]
function make_keys(n)
    length(KEYS) == n && return
    empty!(KEYS)
    for k in 1:n
        push!(KEYS, string("key ", k * 7919 % 1000003, "/", k))
    end
end

@noinline function work(n)
    make_keys(n)
    table = Dict{String,Int}()
    for k in 1:n
        table[KEYS[k]] = k
    end
    sum, place = 0, 0
    for k in 1:n
        place = (place + 7919) % n
        sum += table[KEYS[place + 1]] ⊻ k
    end
    return sum + length(table)
end

# The size is read anew each time, so that no call can be taken for the one before.
const SIZE = [isempty(ARGS) ? 1_000_000 : parse(Int, ARGS[1])]

include("measure.jl")

measure(5)
