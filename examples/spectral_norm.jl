# SPDX-License-Identifier: MIT
# The largest singular value of the infinite matrix
#
#     A[i, j] = 1 / ((i + j)(i + j + 1) / 2 + i + 1)      i, j = 0, 1, ...
#
# cut to n by n, by the power method on A'A.
#
#     lig examples/spectral_norm.jl [n]

element(i, j) = 1.0 / ((i + j) * (i + j + 1) ÷ 2 + i + 1)

function multiply!(out, v)
    n = length(v)
    for i in 1:n
        total = 0.0
        for j in 1:n
            total += element(i - 1, j - 1) * v[j]
        end
        out[i] = total
    end
    return out
end

function multiply_transposed!(out, v)
    n = length(v)
    for i in 1:n
        total = 0.0
        for j in 1:n
            total += element(j - 1, i - 1) * v[j]
        end
        out[i] = total
    end
    return out
end

multiply_both!(out, v, scratch) = multiply_transposed!(out, multiply!(scratch, v))

function dot_product(a, b)
    total = 0.0
    for i in eachindex(a)
        total += a[i] * b[i]
    end
    return total
end

function spectral_norm(n)
    u = ones(n)
    v = zeros(n)
    scratch = zeros(n)
    for _ in 1:10
        multiply_both!(v, u, scratch)
        multiply_both!(u, v, scratch)
    end
    return sqrt(dot_product(u, v) / dot_product(v, v))
end

println(spectral_norm(isempty(ARGS) ? 500 : parse(Int, ARGS[1])))
