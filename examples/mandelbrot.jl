# SPDX-License-Identifier: MIT
# The Mandelbrot set: a small picture in characters, then how many points of a
# finer grid belong to it.
#
#     lig examples/mandelbrot.jl [points per side of the fine grid]

const SHADES = [' ', '.', ':', '-', '=', '+', '*', 'o', '%', '@']

# How many steps z -> z^2 + c takes to leave the circle of radius 2, at most `limit`.
function escape_time(cr, ci, limit)
    zr = zi = 0.0
    for step in 0:limit-1
        zr2 = zr * zr
        zi2 = zi * zi
        if zr2 + zi2 > 4.0
            return step
        end
        zi = 2.0 * zr * zi + ci
        zr = zr2 - zi2 + cr
    end
    return limit
end

# The coordinate in [from, to] of point i out of n.
at(i, n, from, to) = from + (i - 1) * (to - from) / (n - 1)

function shade(steps, limit)
    steps == limit && return '#'
    return SHADES[min(steps, length(SHADES) - 1) + 1]
end

function picture(width, height, limit)
    for row in 1:height
        ci = at(row, height, -1.2, 1.2)
        for column in 1:width
            cr = at(column, width, -2.2, 0.8)
            print(shade(escape_time(cr, ci, limit), limit))
        end
        println()
    end
end

function count_inside(n, limit)
    inside = 0
    for row in 1:n, column in 1:n
        cr = at(column, n, -2.0, 1.0)
        ci = at(row, n, -1.5, 1.5)
        if escape_time(cr, ci, limit) == limit
            inside += 1
        end
    end
    return inside
end

n = isempty(ARGS) ? 400 : parse(Int, ARGS[1])
picture(72, 25, 100)
inside = count_inside(n, 200)
println(inside, " of ", n * n, " points inside, area about ", 9.0 * inside / n^2)
