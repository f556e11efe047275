# SPDX-License-Identifier: MIT
# A loop of floats that ends when it likes: points of the Mandelbrot set.
# The same in C: peers/mandelbrot.c

function escape_time(cr, ci, limit)
    zr = zi = 0.0
    for step in 0:limit-1
        zr2 = zr * zr
        zi2 = zi * zi
        zr2 + zi2 > 4.0 && return step
        zi = 2.0 * zr * zi + ci
        zr = zr2 - zi2 + cr
    end
    return limit
end

@noinline function work(n)
    total = 0
    for row in 1:n
        ci = -1.5 + (row - 1) * 3.0 / (n - 1)
        for column in 1:n
            cr = -2.0 + (column - 1) * 3.0 / (n - 1)
            total += escape_time(cr, ci, 200)
        end
    end
    return total
end

# The size is read anew each time, so that no call can be taken for the one before.
const SIZE = [isempty(ARGS) ? 600 : parse(Int, ARGS[1])]

include("measure.jl")

measure(5)
