# SPDX-License-Identifier: MIT
# Fused broadcasts: into an array that is there, into a new one, and of a matrix with a row and a column.
# The same as loops in C++: peers/broadcasting.cpp

@noinline function work(n)
    x = collect(1:n) ./ n
    y = zero.(x)
    for k in 1:20
        y .+= k .* x .+ sqrt.(abs.(x .- 0.5)) ./ (1 .+ x .^ 2)
    end
    z = max.(x, 1 .- x) .* ifelse.(x .> 0.25, y, 2 .* y)
    m = isqrt(n)
    A = zeros(m, m)
    row, column = x[1:m]', y[1:m]
    for k in 1:20
        A .= A .* 0.5 .+ row .* column .- k
    end
    return y[n] + z[n ÷ 3] + A[m, m] + A[1, 2]
end

# The size is read anew each time, so that no call can be taken for the one before.
const SIZE = [isempty(ARGS) ? 250_000 : parse(Int, ARGS[1])]

include("measure.jl")

measure(5)
