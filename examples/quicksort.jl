# SPDX-License-Identifier: MIT
# Quicksort in place, generic in the element type and in the order.
#
#     lig examples/quicksort.jl [n]

# A small linear congruential generator, so that every run sorts the same numbers.
mutable struct Generator
    state::Int
end

function next!(g::Generator)
    g.state = (g.state * 1103515245 + 12345) % 2147483648
    return g.state
end

function random_integers(n, g)
    v = zeros(Int, n)
    for i in 1:n
        v[i] = next!(g)
    end
    return v
end

# Between -0.5 and 0.5.
function random_floats(n, g)
    v = zeros(n)
    for i in 1:n
        v[i] = next!(g) / 2147483648 - 0.5
    end
    return v
end

function insertion_sort!(before, v, lo, hi)
    for i in lo+1:hi
        x = v[i]
        j = i - 1
        while j >= lo && before(x, v[j])
            v[j+1] = v[j]
            j -= 1
        end
        v[j+1] = x
    end
end

function quicksort!(before, v, lo = 1, hi = length(v))
    while hi - lo > 16
        pivot = v[(lo+hi)>>>1]
        i, j = lo, hi
        while i <= j
            while before(v[i], pivot)
                i += 1
            end
            while before(pivot, v[j])
                j -= 1
            end
            if i <= j
                v[i], v[j] = v[j], v[i]
                i += 1
                j -= 1
            end
        end
        # The shorter part by recursion, the longer one by going round.
        if j - lo < hi - i
            quicksort!(before, v, lo, j)
            lo = i
        else
            quicksort!(before, v, i, hi)
            hi = j
        end
    end
    insertion_sort!(before, v, lo, hi)
    return v
end

function in_order(before, v)
    for i in 2:length(v)
        before(v[i], v[i-1]) && return false
    end
    return true
end

function report(title, before, v)
    println(title, ": ", v[1], " ", v[length(v)÷2], " ", v[end], in_order(before, v) ? "  sorted" : "  not sorted")
end

n = isempty(ARGS) ? 500_000 : parse(Int, ARGS[1])
g = Generator(42)

numbers = random_integers(n, g)
report("as they came ", <, numbers)
report("ascending    ", <, quicksort!(<, numbers))
report("descending   ", >, quicksort!(>, numbers))

by_last_digits(a, b) = a % 1_000_000 < b % 1_000_000
report("last digits  ", by_last_digits, quicksort!(by_last_digits, numbers[1:min(n, 100)]))

const CENTRE = 0.125
nearer(a, b) = abs(a - CENTRE) < abs(b - CENTRE)
floats = random_floats(n, g)
report("floats       ", <, quicksort!(<, floats))
report("around 0.125 ", nearer, quicksort!(nearer, floats))
