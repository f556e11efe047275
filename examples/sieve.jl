# SPDX-License-Identifier: MIT
# The sieve of Eratosthenes, and a few facts about the primes it finds.
#
#     lig examples/sieve.jl [limit]

function sieve(limit)
    is_prime = fill(true, limit)
    is_prime[1] = false
    for i in 2:limit
        i * i > limit && break
        if is_prime[i]
            for multiple in i*i:i:limit
                is_prime[multiple] = false
            end
        end
    end
    return is_prime
end

function primes_up_to(limit)
    primes = Int[]
    for (i, prime) in enumerate(sieve(limit))
        if prime
            push!(primes, i)
        end
    end
    return primes
end

function widest_gap(primes)
    gap = 0
    start = 0
    for i in 2:length(primes)
        if primes[i] - primes[i-1] > gap
            gap = primes[i] - primes[i-1]
            start = primes[i-1]
        end
    end
    return start, gap
end

function count_twins(primes)
    twins = 0
    for i in 2:length(primes)
        twins += primes[i] - primes[i-1] == 2
    end
    return twins
end

limit = isempty(ARGS) ? 2_000_000 : parse(Int, ARGS[1])
primes = primes_up_to(limit)
println("primes up to ", limit, ": ", length(primes))
println("the last one:  ", primes[end])
println("their sum:     ", sum(primes))
println("twins:         ", count_twins(primes))
start, gap = widest_gap(primes)
println("widest gap:    ", gap, " after ", start)
