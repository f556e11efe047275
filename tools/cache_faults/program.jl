# SPDX-License-Identifier: MIT
# What the cache's faults are tried on: functions whose units refer to one another, to types, to constants and to C. All of them
# loop, so that they are compiled on their first call; what they print with is interpreted.
struct Point{T}
    x::T
    y::T
end
Base.:+(a::Point, b::Point) = Point(a.x + b.x, a.y + b.y)

@noinline function power(x, n)
    p = one(x)
    for _ in 1:n
        p *= x
    end
    return p
end
@noinline function sum_of_powers(n)
    s = 0.0
    for i in 1:n
        s += power(Float64(i), 2) + power(i, 2)
    end
    return s
end
@noinline function along(step, n)
    p = Point(0, 0)
    for _ in 1:n
        p += step
    end
    return p
end
@noinline function primes(n)
    sieve = fill(true, n)
    for i in 2:n, j in 2i:i:n
        sieve[j] = false
    end
    return [i for i in 2:n if sieve[i]]
end
@noinline function roots(numbers)
    found = String[]
    for x in numbers
        push!(found, x < 0 ? "none" : x > 100 ? throw(DomainError(x, "too large")) : "a root")
    end
    return found
end
@noinline function length_in_c(words)
    sum = 0
    for word in words
        sum += ccall(:strlen, Csize_t, (Cstring,), word)
    end
    return sum
end
@noinline function name_of(things)
    names = ""
    for thing in things
        names *= thing isa Int ? "integer " : thing isa Symbol ? string(thing, ' ') : "other "
    end
    return names
end

println(sum_of_powers(10))
p = along(Point(3, 4), 10)
println(p.x, ' ', p.y)
for n in primes(30)
    print(n, ' ')
end
println(join(roots([4, -1]), ", "))
try
    roots([1000])
catch e
    println(e.val)
end
println(length_in_c(["twelve bytes", "more"]))
println(name_of(Any[1, 2.0, :three]))
