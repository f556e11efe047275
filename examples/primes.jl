# SPDX-License-Identifier: MIT
# The primes as a collection without an end: an iterator with its own state works
# with for, take, zip, comprehensions and everything else that iterates.
#
#     lig examples/primes.jl

# Grows its sieve by segments, as far as somebody asks.
struct Primes end

mutable struct Sieve
    primes::Vector{Int}
    segment::Vector{Bool}
    low::Int # the number that segment[1] stands for
end
Sieve() = Sieve([2, 3, 5, 7], fill(false, 0), 11)

function extend!(s::Sieve)
    high = min(s.low + 1000, s.primes[end]^2) - 1
    s.segment = fill(true, high - s.low + 1)
    for p in s.primes
        p * p > high && break
        for multiple in cld(s.low, p)*p:p:high
            s.segment[multiple - s.low + 1] = false
        end
    end
    append!(s.primes, (s.low + i - 1 for i in eachindex(s.segment) if s.segment[i]))
    s.low = high + 1
    return s
end

Base.IteratorSize(::Type{Primes}) = Base.IsInfinite()
Base.eltype(::Type{Primes}) = Int
function Base.iterate(::Primes, (sieve, k) = (Sieve(), 1))
    while k > length(sieve.primes)
        extend!(sieve)
    end
    return sieve.primes[k], (sieve, k + 1)
end

# Where they end: the ones up to a limit, as an iterator of known type and unknown length.
struct PrimesUpTo
    limit::Int
end
Base.IteratorSize(::Type{PrimesUpTo}) = Base.SizeUnknown()
Base.eltype(::Type{PrimesUpTo}) = Int
function Base.iterate(p::PrimesUpTo, state...)
    following = iterate(Primes(), state...)
    return following[1] > p.limit ? nothing : following
end

println(collect(Iterators.take(Primes(), 15)))
println(first(Iterators.drop(Primes(), 999)), " ", sum(Iterators.take(Primes(), 100)), " ", first(Primes(), 3))
for (k, p) in enumerate(Primes())
    k % 2500 == 0 && println("prime ", k, ": ", p)
    k == 10_000 && break
end
println(collect(PrimesUpTo(30)), " ", length(collect(PrimesUpTo(10_000))), " ", sum(PrimesUpTo(100)), " ", maximum(PrimesUpTo(1000)))
println(collect(PrimesUpTo(1)), " ", isempty(PrimesUpTo(1)), " ", 91 in PrimesUpTo(100), " ", 97 in PrimesUpTo(100))

# Twins: neighbours that differ by two.
twins = ((p, q) for (p, q) in zip(Primes(), Iterators.drop(Primes(), 1)) if q - p == 2)
println(collect(Iterators.take(twins, 6)))

# The gaps, and how often each occurs.
primes = collect(PrimesUpTo(5000))
gaps = Dict{Int,Int}()
for gap in diff(primes)
    gaps[gap] = get(gaps, gap, 0) + 1
end
println(join(("$g: $n" for (g, n) in sort(collect(gaps))), ", "))

function factorize(n)
    factors = Pair{Int,Int}[]
    for p in Primes()
        p * p > n && break
        k = 0
        while n % p == 0
            n ÷= p
            k += 1
        end
        k > 0 && push!(factors, p => k)
    end
    n > 1 && push!(factors, n => 1)
    return factors
end
for n in [1, 97, 360, 2^20, 1001, 999_983 * 7, 600851475143]
    println(n, " = ", n == 1 ? "1" : join((k == 1 ? "$p" : "$p^$k" for (p, k) in factorize(n)), " · "))
end
goldbach(n) = first((p, n - p) for p in PrimesUpTo(n ÷ 2) if n - p in PrimesUpTo(n))
println([goldbach(n) for n in (4, 28, 100, 998)])
