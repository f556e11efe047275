# SPDX-License-Identifier: MIT
# Conway's Game of Life, on a torus as a matrix of Bool and on a plane without edges as a set of cells.
#
#     lig examples/life.jl [steps]

struct World
    cells::Matrix{Bool}
end

function World(picture::AbstractString)
    rows = split(strip(picture), '\n')
    return World([r[c] == '#' for r in rows, c in 1:length(rows[1])])
end
World(height::Int, width::Int) = World(zeros(Bool, height, width))

Base.size(w::World) = size(w.cells)
Base.getindex(w::World, i, j) = w.cells[mod1(i, end), mod1(j, end)] # leaving on one side enters on the other
Base.:(==)(a::World, b::World) = a.cells == b.cells
population(w::World) = count(w.cells)
function Base.show(io::IO, w::World)
    for row in eachrow(w.cells)
        println(io, join(c ? '#' : '.' for c in row))
    end
end

neighbours(w::World, i, j) = sum(w[i+di, j+dj] for di in -1:1, dj in -1:1) - w[i, j]
function step(w::World)
    height, width = size(w)
    following = World(height, width)
    for j in 1:width, i in 1:height
        n = neighbours(w, i, j)
        following.cells[i, j] = n == 3 || (n == 2 && w[i, j])
    end
    return following
end

function place!(w::World, pattern::World, row, column)
    height, width = size(pattern)
    w.cells[row:row+height-1, column:column+width-1] .= pattern.cells
    return w
end

const GLIDER = World("""
.#.
..#
###""")
const BLINKER = World("###")

# How many steps until a world returns, or nothing.
function period(w::World; limit = 100)
    start = w
    for k in 1:limit
        w = step(w)
        w == start && return k
    end
    return nothing
end

steps = isempty(ARGS) ? 4 : parse(Int, ARGS[1])
world = place!(place!(World(7, 12), GLIDER, 1, 1), BLINKER, 3, 8)
println("start, ", population(world), " cells:\n", world)
for k in 1:steps
    global world = step(world)
end
println("after ", steps, " steps, ", population(world), " cells:\n", world)
println("periods: ", period(place!(World(5, 5), BLINKER, 3, 2)), " ", period(place!(World(6, 6), GLIDER, 1, 1)), " ",
        period(World("####\n####\n####\n####")), " ", period(World(3, 3)))

# The plane: cells are pairs of numbers, and only the living ones are kept.
const Cell = NTuple{2,Int}
around((x, y)::Cell) = ((x + dx, y + dy) for dx in -1:1, dy in -1:1 if (dx, dy) != (0, 0))
function step(living::Set{Cell})
    counts = Dict{Cell,Int}()
    for cell in living, near in around(cell)
        counts[near] = get(counts, near, 0) + 1
    end
    return Set(cell for (cell, n) in counts if n == 3 || (n == 2 && cell in living))
end
alive(w::World) = Set(Tuple(p) for p in findall(w.cells))

glider = alive(GLIDER)
far = foldl((living, _) -> step(living), 1:400; init = glider)
println(sort(collect(glider)), " is after 400 steps ", sort(collect(far)), " ", length(far))
r = alive(World(".##\n##.\n.#."))
sizes = Int[]
for k in 1:200
    push!(sizes, length(r))
    global r = step(r)
end
println("R pentomino: ", sizes[1:10], ", then ", sizes[50:50:200], ", at most ", maximum(sizes))
println("its extent: ", extrema(first, r), " ", extrema(last, r))
