# SPDX-License-Identifier: MIT
# Text from pieces: printed into a buffer, joined, interpolated, and taken apart again character by character.
# The same in C++ and JavaScript: peers/string_building.cpp, peers/string_building.js

@noinline function work(n)
    io = IOBuffer()
    for k in 1:n
        print(io, "line ", k, ": ", k * 7919 % 1000, '\n')
    end
    text = String(take!(io))
    words = String[]
    for k in 1:n
        push!(words, "<$k|$(k % 17)>")
    end
    joined = join(words, ", ")
    digits = 0
    for c in text
        isdigit(c) && (digits += Int(c - '0'))
    end
    return digits + ncodeunits(joined) + length(text)
end

# The size is read anew each time, so that no call can be taken for the one before.
const SIZE = [isempty(ARGS) ? 200_000 : parse(Int, ARGS[1])]

include("measure.jl")

measure(5)
