# SPDX-License-Identifier: MIT
# Determinants, inverses and linear equations by elimination, over floats, integers and fractions alike.
#
#     lig examples/determinant.jl

# By definition: an alternating sum along the first row.
function by_minors(A::AbstractMatrix)
    n = size(A, 1)
    n == 0 && return one(eltype(A))
    minor(j) = A[2:end, [1:j-1; j+1:n]]
    return sum((-1)^(j + 1) * A[1, j] * by_minors(minor(j)) for j in 1:n)
end

function check_square(A)
    m, n = size(A)
    m == n || throw(DimensionMismatch("matrix is not square: dimensions are $(size(A))"))
    return n
end

# With the largest pivot in each column.
function by_elimination(A::AbstractMatrix{<:Real})
    n = check_square(A)
    U = float.(A)
    sign = 1
    for k in 1:n
        p = argmax(abs.(U[k:n, k])) + k - 1
        U[p, k] == 0 && return 0.0
        if p != k
            U[[k, p], :] = U[[p, k], :]
            sign = -sign
        end
        for i in k+1:n
            U[i, k:n] .-= (U[i, k] / U[k, k]) .* U[k, k:n]
        end
    end
    return sign * prod(U[i, i] for i in 1:n)
end

# Bareiss: integers stay integers, every division is exact.
function exact(A::AbstractMatrix{<:Integer})
    n = check_square(A)
    M, sign, previous = copy(A), 1, 1
    for k in 1:n-1
        if M[k, k] == 0
            p = findfirst(!=(0), M[k+1:n, k])
            p === nothing && return 0
            M[[k, k + p], :] = M[[k + p, k], :]
            sign = -sign
        end
        for i in k+1:n, j in k+1:n
            M[i, j] = (M[i, j] * M[k, k] - M[i, k] * M[k, j]) ÷ previous
        end
        previous = M[k, k]
    end
    return sign * M[n, n]
end

struct Fraction <: Number
    n::Int
    d::Int
    Fraction(n, d = 1) = (g = gcd(n, d) * (d < 0 ? -1 : 1); new(n ÷ g, d ÷ g))
end
Base.:+(a::Fraction, b::Fraction) = Fraction(a.n * b.d + b.n * a.d, a.d * b.d)
Base.:-(a::Fraction, b::Fraction) = Fraction(a.n * b.d - b.n * a.d, a.d * b.d)
Base.:*(a::Fraction, b::Fraction) = Fraction(a.n * b.n, a.d * b.d)
Base.:/(a::Fraction, b::Fraction) = Fraction(a.n * b.d, a.d * b.n)
Base.iszero(a::Fraction) = a.n == 0
Base.zero(::Type{Fraction}) = Fraction(0)
Base.one(::Type{Fraction}) = Fraction(1)
Base.convert(::Type{Fraction}, n::Integer) = Fraction(n)
Base.show(io::IO, a::Fraction) = a.d == 1 ? print(io, a.n) : print(io, a.n, "/", a.d)

# Gauss and Jordan: the inverse, or nothing.
function inverse(A::AbstractMatrix{T}) where {T}
    n = check_square(A)
    M = hcat(A, T[i == j ? one(T) : zero(T) for i in 1:n, j in 1:n])
    for k in 1:n
        p = findfirst(!iszero, M[k:n, k])
        p === nothing && return nothing
        p += k - 1
        M[[k, p], :] = M[[p, k], :]
        M[k, :] = M[k, :] ./ M[k, k]
        for i in 1:n
            i == k && continue
            factor = M[i, k]
            M[i, :] = [M[i, j] - factor * M[k, j] for j in 1:2n]
        end
    end
    return M[:, n+1:end]
end

vandermonde(x) = [a^k for a in x, k in 0:length(x)-1]
samples = [[5;;], [1 2; 3 4], [2 0 1; 1 3 2; 0 1 4], [0 2 1; 3 0 2; 1 1 0], [1 2 3; 4 5 6; 7 8 9], vandermonde([1, 2, 3, 5])]
for A in samples
    println(join(size(A), "×"), ": ", by_minors(A), " ", exact(A), " ", round(by_elimination(A); digits = 9))
end

fractions = Fraction.([2 1 0; 1 3 1; 0 1 4])
display(inverse(fractions))
println(inverse(Fraction.([1 2; 2 4])))
println(inverse([4.0 3.0; 6.0 5.0]))

# Cramer's rule: each unknown from two determinants.
A, b = [2 1 -1; -3 -1 2; -2 1 2], [8, -11, -3]
replaced(A, j, b) = (B = copy(A); B[:, j] = b; B)
x = [exact(replaced(A, j, b)) ÷ exact(A) for j in axes(A, 2)]
println(x, " ", A * x == b, " ", A' * b, " ", A^2)
println(exact(A * A) == exact(A)^2, " ", exact(permutedims(A)) == exact(A), " ", exact(2A) == 2^3 * exact(A))
try
    exact([1 2 3; 4 5 6])
catch e
    println(sprint(showerror, e))
end
