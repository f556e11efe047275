# SPDX-License-Identifier: MIT
# A static parameter is the type of the argument that is there, not the type that inference knows of it.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
struct W{T}
    x::T
end
struct Cons{T,R}
    head::T
    tail::R
end
g(n) = (p = W(1); for i in 1:n; p = W(p); end; p)
# CHECK: W{W{W{W{Int64}}}}
println(typeof(g(3)))
k(x::T) where T = T
h(n) = (a = Any[1]; x = a[1]; for i in 1:n; x = (x,); end; k(x))
# CHECK-NEXT: Tuple{Tuple{Tuple{Int64}}}
println(h(3))
cons(n) = (h = nothing; for i in 1:n; h = Cons(i, h); end; h)
# CHECK-NEXT: Cons{Int64, Cons{Int64, Nothing}}
println(typeof(cons(2)))
# CHECK-NEXT: Pair{Pair{Pair{Int64, Int64}, Int64}, Int64}
pairs(n) = (p = 1 => 1; for i in 1:n; p = p => i; end; p)
println(typeof(pairs(2)))
v = W[W(1), W("a")]
# CHECK-NEXT: [W{W{Int64}}, W{W{String}}]
println(map(typeof, map(x -> W(x), v)))
# CHECK-NEXT: (1 => 2) => 3
println(reduce(=>, 1:3))
m(x::T, y::Vector{T}) where T = T
mm(n) = (x = Any[1, 2.5][n]; m(x, Any[1]))
# CHECK-NEXT: Any
println(mm(2))
