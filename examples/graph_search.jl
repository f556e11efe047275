# SPDX-License-Identifier: MIT
# Ways through graphs and mazes: breadth first, depth first, Dijkstra, topological order.
#
#     lig examples/graph_search.jl

struct Graph{V}
    edges::Dict{V,Vector{Pair{V,Int}}}
end
Graph{V}() where {V} = Graph(Dict{V,Vector{Pair{V,Int}}}())

function connect!(g::Graph{V}, a, b, cost = 1; both = true) where {V}
    push!(get!(() -> Pair{V,Int}[], g.edges, a), b => cost)
    get!(() -> Pair{V,Int}[], g.edges, b)
    both && push!(g.edges[b], a => cost)
    return g
end
neighbours(g::Graph, v) = (to for (to, _) in g.edges[v])
vertices(g::Graph) = sort!(collect(keys(g.edges)))

# The vertices in the order of their distance, with the way by which each was reached.
function breadth_first(g::Graph{V}, start) where {V}
    parent = Dict{V,Union{V,Nothing}}(start => nothing)
    queue = [start]
    while !isempty(queue)
        v = popfirst!(queue)
        for w in neighbours(g, v)
            haskey(parent, w) && continue
            parent[w] = v
            push!(queue, w)
        end
    end
    return parent
end
function way(parent, goal)
    haskey(parent, goal) || return nothing
    path = [goal]
    while (previous = parent[path[end]]) !== nothing
        push!(path, previous)
    end
    return reverse!(path)
end

function depth_first(visit, g::Graph{V}, v, seen = Set{V}()) where {V}
    v in seen && return seen
    push!(seen, v)
    visit(v)
    for w in neighbours(g, v)
        depth_first(visit, g, w, seen)
    end
    return seen
end

function components(g::Graph{V}) where {V}
    left = Set(keys(g.edges))
    found = Vector{V}[]
    while !isempty(left)
        part = depth_first(identity, g, minimum(left))
        setdiff!(left, part)
        push!(found, sort(collect(part)))
    end
    return found
end

# Least costs from `start`, and the ways.
function dijkstra(g::Graph{V}, start) where {V}
    cost, parent = Dict{V,Int}(start => 0), Dict{V,Union{V,Nothing}}(start => nothing)
    open, done = Set([start]), Set{V}()
    while !isempty(open)
        v = argmin(v -> (cost[v], v), open)
        delete!(open, v)
        push!(done, v)
        for (w, c) in g.edges[v]
            w in done && continue
            if cost[v] + c < get(cost, w, typemax(Int))
                cost[w], parent[w] = cost[v] + c, v
                push!(open, w)
            end
        end
    end
    return cost, parent
end

struct Cycle <: Exception
    vertices::Vector{String}
end
function topological_order(g::Graph{String})
    order, state = String[], Dict{String,Symbol}()
    function visit(v, trail)
        get(state, v, :new) === :done && return
        get(state, v, :new) === :open && throw(Cycle(trail))
        state[v] = :open
        foreach(w -> visit(w, [trail; w]), sort(collect(neighbours(g, v))))
        state[v] = :done
        pushfirst!(order, v)
    end
    foreach(v -> visit(v, [v]), reverse(vertices(g)))
    return order
end

roads = Graph{String}()
for (a, b, km) in [("Ulm", "Augsburg", 75), ("Ulm", "Stuttgart", 90), ("Augsburg", "München", 65), ("Stuttgart", "Karlsruhe", 80),
                   ("München", "Salzburg", 145), ("Augsburg", "Nürnberg", 140), ("Nürnberg", "München", 170), ("Bern", "Thun", 30)]
    connect!(roads, a, b, km)
end
reached = breadth_first(roads, "Karlsruhe")
println(length(reached), " reached: ", join(way(reached, "Salzburg"), " → "))
println(way(reached, "Bern"))
costs, ways = dijkstra(roads, "Karlsruhe")
for (city, km) in sort!(collect(costs); by = last)
    println(lpad(km, 4), " km to ", rpad(city, 10), " by ", join(way(ways, city), ", "))
end
println(components(roads))
order = String[]
depth_first(v -> push!(order, v), roads, "Ulm")
println(order)

tasks = Graph{String}()
for (first, then) in ["wake" => "dress", "dress" => "leave", "wake" => "coffee", "coffee" => "leave", "shower" => "dress", "wake" => "shower"]
    connect!(tasks, first, then; both = false)
end
println(topological_order(tasks))
connect!(tasks, "leave", "wake"; both = false)
try
    topological_order(tasks)
catch e
    e isa Cycle || rethrow()
    println("a cycle: ", join(e.vertices, " → "))
end

# A maze is a graph whose vertices are places.
maze = """
#########
#S..#...#
##.##.#.#
#....##.#
#.##.#..#
#..#...G#
#########"""
grid = permutedims(reduce(hcat, collect.(split(maze, '\n'))))
start, goal = findfirst(==('S'), grid), findfirst(==('G'), grid)
places = Graph{CartesianIndex{2}}()
for p in CartesianIndices(grid), step in CartesianIndex.([(0, 1), (1, 0)])
    checkbounds(Bool, grid, p + step) && grid[p] != '#' && grid[p + step] != '#' && connect!(places, p, p + step)
end
path = way(breadth_first(places, start), goal)
for p in path[2:end-1]
    grid[p] = '·'
end
println(Tuple(start), " to ", Tuple(goal), " in ", length(path) - 1, " steps")
foreach(row -> println(join(row)), eachrow(grid))
