# SPDX-License-Identifier: MIT
# Functions that take and give functions: map, filter, reduce, composition, generators.
#
#     lig examples/pipelines.jl

struct Sale
    product::String
    region::Symbol
    units::Int
    price::Float64
end

const SALES = [
    Sale("lamp", :north, 12, 20.0), Sale("desk", :south, 3, 150.0), Sale("chair", :north, 8, 45.5),
    Sale("lamp", :south, 7, 18.5), Sale("chair", :west, 10, 44.0), Sale("desk", :north, 1, 160.0),
    Sale("shelf", :west, 0, 75.25),
]

amount(s::Sale) = s.units * s.price

# A group for each value of `key`, in the order in which they come up.
function groupby(key, items)
    order, groups = [], Dict{Any,Vector{eltype(items)}}()
    for item in items
        k = key(item)
        haskey(groups, k) || push!(order, k)
        push!(get!(groups, k, eltype(items)[]), item)
    end
    return [k => groups[k] for k in order]
end

println("all together  ", sum(amount, SALES))
println("sold at all   ", count(s -> s.units > 0, SALES), " of ", length(SALES))
for (region, sales) in groupby(s -> s.region, SALES)
    best = argmax(amount, sales)
    println(rpad(region, 6), length(sales), " sales, ", sum(amount, sales), ", best ", best.product)
end
totals = map(((product, sales),) -> (product, sum(s.units for s in sales)), groupby(s -> s.product, SALES))
println(totals)
println(sort(totals; by = last, rev = true) .|> first)

# |> and ∘ say it from the left and from the right.
SALES |> filter(s -> s.region === :north) |> sales -> map(s -> s.product, sales) |> sort |> println
shout = uppercase ∘ strip
println(shout("  quiet  "), " ", map(length ∘ strip, [" a ", "bc  "]), " ", (sqrt ∘ abs ∘ -)(16))

# Functions that make functions.
adder(n) = x -> x + n
compose_all(fs...) = reduce(∘, reverse(fs))
twice(f) = f ∘ f
println(compose_all(adder(1), x -> 2x, string)(20), " ", twice(twice(adder(3)))(0), " ", ==(3)(3), " ", Base.Fix1(-, 10)(4))

function counter()
    n = 0
    return () -> (n += 1)
end
next, other = counter(), counter()
println(next(), next(), next(), other())

# Lazily: nothing runs before it is asked for.
collatz(n) = iseven(n) ? n ÷ 2 : 3n + 1
function orbit(n)
    steps = [n]
    while n != 1
        n = collatz(n)
        push!(steps, n)
    end
    return steps
end
println(orbit(6))
println(argmax(n -> length(orbit(n)), 1:30), " ", maximum(n -> length(orbit(n)), 1:30))
squares = (x^2 for x in Iterators.countfrom(1))
println(collect(Iterators.take(Iterators.filter(iseven, squares), 4)))
println(collect(Iterators.takewhile(<(20), Iterators.drop(squares, 1))))
println([(a, b, c) for c in 1:20 for b in 1:c for a in 1:b if a^2 + b^2 == c^2])

# Folds.
println(foldl(=>, 1:4), " ", foldr(=>, 1:4))
println(reduce(*, ["a", "b", "c"]; init = ">"), " ", mapreduce(abs2, +, [1, 2, 3]), " ", accumulate(max, [3, 1, 4, 1, 5]))
println(mapfoldl(length, (a, b) -> 10a + b, ["a", "bcd", "ef"]), " ", sum(abs, (-1, 2, -3)), " ", prod(1:6))
println(any(isodd, [2, 4]), " ", all(<(5), [1, 4]), " ", findall(isspace, "a b c"), " ", foreach(identity, 1:3))
println(zip(1:3, "abc") |> collect, " ", map(+, [1, 2, 3], [10, 20, 30]), " ", map((x, y) -> x^y, (2, 3), (3, 2)))

# A do-block is the first argument; what surrounds its call is seen to, whatever it does.
function logged(f, log, name)
    push!(log, "begin $name")
    try
        return f(name)
    finally
        push!(log, "end $name")
    end
end
log_lines = String[]
value = logged(log_lines, "outer") do name
    logged(log_lines, "inner") do inner
        length(name) + length(inner)
    end
end
println(value, " ", log_lines)
