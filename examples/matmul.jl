# SPDX-License-Identifier: MIT
# Matrix product by hand, in the order that walks columns (Julia's arrays are
# column-major), on floats and on integers with the same function.
#
#     lig examples/matmul.jl [n]

function multiply(A::Matrix{T}, B::Matrix{T}) where {T}
    m, k = size(A)
    n = size(B, 2)
    k == size(B, 1) || error("cannot multiply: ", k, " columns by ", size(B, 1), " rows")
    C = zeros(T, m, n)
    for j in 1:n, l in 1:k
        b = B[l, j]
        for i in 1:m
            @inbounds C[i, j] += A[i, l] * b
        end
    end
    return C
end

function ramp(n, scale)
    M = zeros(n, n)
    for j in 1:n, i in 1:n
        M[i, j] = scale * (i - j) * (i + j - 2)
    end
    return M
end

# 1 where i + j is n + 1: turns the order of rows or columns round.
function exchange(n)
    M = zeros(Int, n, n)
    for i in 1:n
        M[i, n+1-i] = 1
    end
    return M
end

function trace(M)
    total = zero(M[1, 1])
    for i in 1:size(M, 1)
        total += M[i, i]
    end
    return total
end

# fib(n) and fib(n + 1) are in the n-th power of [1 1; 1 0].
function power(M, n)
    result = M
    for _ in 2:n
        result = multiply(result, M)
    end
    return result
end

n = isempty(ARGS) ? 300 : parse(Int, ARGS[1])
A = ramp(n, 1.0 / n^2)
B = ramp(n, 2.0 / n^2)
C = multiply(A, B)
println("trace         ", trace(C))
println("corners       ", C[1, 1], " ", C[1, n], " ", C[n, 1], " ", C[n, n])

J = exchange(6)
println("exchanged     ", multiply(J, J)[1, 1], multiply(J, J)[1, 2])
F = power([1 1; 1 0], 50)
println("fibonacci(50) ", F[1, 2])
