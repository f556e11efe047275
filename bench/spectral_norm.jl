# SPDX-License-Identifier: MIT
# Floats computed on the fly: the power method on an endless matrix cut to n by n.
# The same in C: peers/spectral_norm.c

element(i, j) = 1.0 / ((i + j) * (i + j + 1) ÷ 2 + i + 1)

@noinline function multiply!(out, v)
    n = length(v)
    for i in 1:n
        total = 0.0
        for j in 1:n
            @inbounds total += element(i - 1, j - 1) * v[j]
        end
        @inbounds out[i] = total
    end
end

@noinline function multiply_transposed!(out, v)
    n = length(v)
    for i in 1:n
        total = 0.0
        for j in 1:n
            @inbounds total += element(j - 1, i - 1) * v[j]
        end
        @inbounds out[i] = total
    end
end

function multiply_both!(out, v, scratch)
    multiply!(scratch, v)
    multiply_transposed!(out, scratch)
end

function dot_product(a, b)
    total = 0.0
    for i in 1:length(a)
        @inbounds total += a[i] * b[i]
    end
    return total
end

function work(n)
    u = ones(n)
    v = zeros(n)
    scratch = zeros(n)
    for _ in 1:10
        multiply_both!(v, u, scratch)
        multiply_both!(u, v, scratch)
    end
    return sqrt(dot_product(u, v) / dot_product(v, v))
end

# The size is read anew each time, so that no call can be taken for the one before.
const SIZE = [isempty(ARGS) ? 700 : parse(Int, ARGS[1])]

include("measure.jl")

measure(5)
