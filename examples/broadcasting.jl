# SPDX-License-Identifier: MIT
# Whole-array arithmetic with dots: the operations fuse into one loop, and
# dimensions of length one stretch.
#
#     lig examples/broadcasting.jl

A = [1 2 3; 4 5 6]
row = [10 20 30]
column = [100, 200]

println(A .+ row)
println(A .+ column)
println(row .* column)
display(A .^ 2 .- 1)
display(A ./ 2)

# Any function, any container.
clamp01(x) = clamp(x, 0.0, 1.0)
println(clamp01.([-0.5 0.25; 0.75 1.5]))
println(string.(["a", "b"], 1:2), " ", length.(("one", "three")), " ", max.([1, 5, 2], [4, 3, 2]))
println(ifelse.(A .> 3, A, 0), " ", A .== 4, " ", count(A .> 2), " ", sum(A .* A))
println((x -> x^2 + 1).(1:4), " ", 1 ./ [1, 2, 4], " ", "s" .* ["a", "b"], " ", .!([true, false]))
println(parse.(Int, split("3 1 4")), " ", Ref(2) .^ (1:5), " ", in.([1, 7], Ref([1, 2, 3])))

# In place: no new array is made for the result.
B = zeros(2, 3)
B .= A ./ 4
B[1, :] .= 9
B .+= [1, 2]
println(B)
B[:, 2] .*= -1
println(B, " ", B[:, 2], " ", B[end, end])
v = collect(1:6)
v[v .> 3] .= 0
v[1:2] .-= 10
println(v, " ", v[v .== 0], " ", findall(v .< 0))

# A multiplication table, distances, a checkerboard: outer operations.
println((1:4) .* (1:4)')
points = [(0, 0), (3, 4), (6, 8)]
distance(p, q) = hypot(p[1] - q[1], p[2] - q[2])
display(distance.(points, permutedims(points)))
board = iseven.((1:4) .+ (1:4)')
for r in eachrow(board)
    println(join(ifelse.(r, "#", ".")))
end

# One number for each row or column.
println(sum(A, dims = 1), " ", sum(A; dims = 2), " ", maximum(A; dims = 1), " ", vec(prod(A; dims = 2)))
centred = A .- sum(A; dims = 1) ./ size(A, 1)
println(centred)
scaled = (A .- minimum(A)) ./ (maximum(A) - minimum(A))
println(round.(scaled; digits = 2))
println(@. sqrt(A^2 + 1) > 3)
println(map(x -> 2x, A), " ", A' , " ", A * A', " ", vcat(A, row), " ", hcat(A, column))

# Lengths that do not fit are an error.
try
    [1, 2, 3] .+ [1, 2]
catch e
    println(typeof(e))
end
struct Metres
    value::Float64
end
Base.:+(a::Metres, b::Metres) = Metres(a.value + b.value)
Base.broadcastable(m::Metres) = Ref(m)
println([Metres(1), Metres(2)] .+ Metres(0.5))
