# SPDX-License-Identifier: MIT
# Recursion and integer arithmetic: the n-th Fibonacci number the slow way.
# The same in C: peers/fib.c

@noinline fib(n) = n < 2 ? n : fib(n - 1) + fib(n - 2)

work(n) = fib(n)

# The size is read anew each time, so that no call can be taken for the one before.
const SIZE = [isempty(ARGS) ? 35 : parse(Int, ARGS[1])]

include("measure.jl")

measure(5)
