# SPDX-License-Identifier: MIT
# Answers from the answers to smaller questions: tables, and a Dict that remembers.
#
#     lig examples/dynamic_programming.jl

# Wraps a function of one argument so that each answer is computed once.
function memoize(f)
    known = Dict()
    function remembered(x)
        haskey(known, x) && return known[x]
        return known[x] = f(remembered, x)
    end
    return remembered
end
calls = 0
fibonacci = memoize((self, n) -> (global calls += 1; n < 2 ? n : self(n - 1) + self(n - 2)))
println(fibonacci(80), " in ", calls, " calls, ", [fibonacci(k) for k in 0:10])

# The edits that turn one word into the other, from the full table.
function edit_distance(a, b)
    x, y = collect(a), collect(b)
    d = zeros(Int, length(x) + 1, length(y) + 1)
    d[:, 1] = 0:length(x)
    d[1, :] = 0:length(y)
    for j in eachindex(y), i in eachindex(x)
        d[i+1, j+1] = min(d[i, j+1] + 1, d[i+1, j] + 1, d[i, j] + (x[i] != y[j]))
    end
    return d
end
display(edit_distance("kitten", "sitting"))
words = ["straße", "strasse", "gasse", "tasse"]
println([edit_distance(a, b)[end] for a in words, b in words])

function longest_common(a, b)
    n = zeros(Int, length(a) + 1, length(b) + 1)
    for i in 1:length(a), j in 1:length(b)
        n[i+1, j+1] = a[i] == b[j] ? n[i, j] + 1 : max(n[i, j+1], n[i+1, j])
    end
    common, i, j = similar(a, 0), length(a), length(b)
    while i > 0 && j > 0
        if a[i] == b[j]
            pushfirst!(common, a[i])
            i, j = i - 1, j - 1
        elseif n[i, j+1] >= n[i+1, j]
            i -= 1
        else
            j -= 1
        end
    end
    return common
end
println(String(longest_common(collect("dynamic"), collect("programming"))), " ", longest_common([1, 3, 5, 7, 9], [9, 3, 7, 5, 9]))

struct Thing
    name::String
    weight::Int
    value::Int
end
# The most valuable load, and what it consists of.
function knapsack(things, limit)
    best = zeros(Int, limit + 1, length(things) + 1)
    for (k, t) in enumerate(things), w in 0:limit
        best[w+1, k+1] = best[w+1, k]
        if t.weight <= w
            best[w+1, k+1] = max(best[w+1, k], best[w-t.weight+1, k] + t.value)
        end
    end
    chosen, w = Thing[], limit
    for k in length(things):-1:1
        if best[w+1, k+1] != best[w+1, k]
            push!(chosen, things[k])
            w -= things[k].weight
        end
    end
    return best[end, end], chosen
end
things = [Thing("map", 9, 150), Thing("compass", 13, 35), Thing("water", 153, 200), Thing("sandwich", 50, 160),
          Thing("glucose", 15, 60), Thing("tin", 68, 45), Thing("banana", 27, 60), Thing("apple", 39, 40)]
value, chosen = knapsack(things, 100)
println(value, ": ", join((t.name for t in chosen), ", "), " weigh ", sum(t -> t.weight, chosen))

# Ways to pay, and the fewest coins (none if it cannot be done).
function ways_to_pay(amount, coins)
    ways = [1; zeros(Int, amount)]
    for c in coins, a in c:amount
        ways[a+1] += ways[a-c+1]
    end
    return ways[end]
end
function fewest(amount, coins)
    best = Union{Int,Nothing}[nothing for _ in 0:amount]
    best[1] = 0
    for a in 1:amount
        counts = [best[a-c+1] + 1 for c in coins if c <= a && best[a-c+1] !== nothing]
        isempty(counts) || (best[a+1] = minimum(counts))
    end
    return best
end
println(ways_to_pay(200, [1, 2, 5, 10, 20, 50, 100, 200]), " ", fewest(11, (4, 7)), " ", something(fewest(63, (1, 10, 21, 25))[end], -1))

function best_run(v)
    best, sum, from, range = v[1], 0, 1, 1:1
    for (i, x) in pairs(v)
        sum < 0 && ((sum, from) = (0, i))
        sum += x
        sum > best && ((best, range) = (sum, from:i))
    end
    return best, range
end
println(best_run([-2, 1, -3, 4, -1, 2, 1, -5, 4]), " ", best_run([-3, -1, -2]))

# The cheapest order of matrix products, with its parentheses.
function chain(sizes)
    n = length(sizes) - 1
    cost = memoize() do self, (i, j)
        i == j && return (0, "A$i")
        options = map(i:j-1) do k
            (a, left), (b, right) = self((i, k)), self((k + 1, j))
            (a + b + sizes[i] * sizes[k+1] * sizes[j+1], "($left$right)")
        end
        return minimum(options)
    end
    return cost((1, n))
end
println(chain([10, 30, 5, 60]), " ", chain([40, 20, 30, 10, 30]))
