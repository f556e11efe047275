# SPDX-License-Identifier: MIT
# Fannkuch: over all permutations of 1:n, how often can the first k cards be
# turned round (k being the first card) before a 1 comes to the top? Prints the
# checksum of all counts with alternating sign, and the largest count.
#
#     lig examples/fannkuch.jl [n]

function count_flips!(cards)
    flips = 0
    top = cards[1]
    while top != 1
        lo, hi = 1, top
        while lo < hi
            cards[lo], cards[hi] = cards[hi], cards[lo]
            lo += 1
            hi -= 1
        end
        flips += 1
        top = cards[1]
    end
    return flips
end

# Moves the first card to place r + 1, those between one place up.
function rotate_first!(perm, r)
    first = perm[1]
    for i in 1:r
        perm[i] = perm[i+1]
    end
    perm[r+1] = first
end

# Goes on to the next permutation in place; false when there is none left.
# turns[r + 1] counts how often the first r + 1 cards were rotated already.
function next_permutation!(perm, turns)
    for r in 1:length(perm)-1
        rotate_first!(perm, r)
        turns[r+1] += 1
        turns[r+1] <= r && return true
        turns[r+1] = 0
    end
    return false
end

function fannkuch(n)
    perm = collect(1:n)
    cards = similar(perm)
    turns = zeros(Int, n)
    checksum = 0
    most = 0
    sign = 1
    while true
        for i in 1:n
            cards[i] = perm[i]
        end
        flips = count_flips!(cards)
        most = max(most, flips)
        checksum += sign * flips
        sign = -sign
        next_permutation!(perm, turns) || break
    end
    return checksum, most
end

n = isempty(ARGS) ? 9 : parse(Int, ARGS[1])
checksum, most = fannkuch(n)
println(checksum)
println("Pfannkuchen(", n, ") = ", most)
