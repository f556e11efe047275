# SPDX-License-Identifier: MIT
# Matrix product in three loops, the innermost along a column.
# The same in C: peers/matmul.c

function fill_ramp!(M, scale)
    m, n = size(M)
    for j in 1:n, i in 1:m
        @inbounds M[i, j] = scale * (i - j) * (i + j - 2)
    end
    return M
end

@noinline function multiply!(C, A, B)
    n = size(A, 1)
    for j in 1:n
        for i in 1:n
            @inbounds C[i, j] = 0.0
        end
        for l in 1:n
            @inbounds b = B[l, j]
            for i in 1:n
                @inbounds C[i, j] += A[i, l] * b
            end
        end
    end
    return C
end

function work(n)
    A = fill_ramp!(zeros(n, n), 1.0 / n)
    B = fill_ramp!(zeros(n, n), 2.0 / n)
    C = multiply!(zeros(n, n), A, B)
    return C[1, 1] + C[n, 1] + C[1, n] + C[n, n]
end

# The size is read anew each time, so that no call can be taken for the one before.
const SIZE = [isempty(ARGS) ? 400 : parse(Int, ARGS[1])]

include("measure.jl")

measure(5)
