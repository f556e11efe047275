# SPDX-License-Identifier: MIT
# Strided stores into a vector of Bool: the primes up to n.
# The same in C: peers/sieve.c

@noinline function work(n)
    is_prime = fill(true, n)
    is_prime[1] = false
    i = 2
    while i * i <= n
        @inbounds if is_prime[i]
            for multiple in i*i:i:n
                @inbounds is_prime[multiple] = false
            end
        end
        i += 1
    end
    count = 0
    for k in 1:n
        @inbounds count += is_prime[k]
    end
    return count
end

# The size is read anew each time, so that no call can be taken for the one before.
const SIZE = [isempty(ARGS) ? 20_000_000 : parse(Int, ARGS[1])]

include("measure.jl")

measure(5)
