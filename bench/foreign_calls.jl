# SPDX-License-Identifier: MIT
# Calls of C in a loop, with numbers and with structs by value.
# The same in C: peers/foreign_calls.c

struct Quotient
    quot::Clong
    rem::Clong
end

@noinline function work(n)
    total = 0
    for i in 1:n
        total += ccall(:labs, Clong, (Clong,), -i)
        d = ccall(:ldiv, Quotient, (Clong, Clong), i, 7)
        total += d.quot - d.rem
    end
    return total
end

# The size is read anew each time, so that no call can be taken for the one before.
const SIZE = [isempty(ARGS) ? 10_000_000 : parse(Int, ARGS[1])]

include("measure.jl")

measure(5)
