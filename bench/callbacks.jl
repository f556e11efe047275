# SPDX-License-Identifier: MIT
# C calls back: qsort with an order of ours.
# The same in C: peers/callbacks.c

larger(a, b)::Cint = a < b ? -1 : a > b ? 1 : 0

@noinline function work(n)
    values = [(i * 7919) % 1000003 for i in 1:n]
    order = @cfunction(larger, Cint, (Ref{Int}, Ref{Int}))
    ccall(:qsort, Cvoid, (Ptr{Int}, Csize_t, Csize_t, Ptr{Cvoid}), values, length(values), 8, order)
    return values[n÷2]
end

# The size is read anew each time, so that no call can be taken for the one before.
const SIZE = [isempty(ARGS) ? 500_000 : parse(Int, ARGS[1])]

include("measure.jl")

measure(5)
