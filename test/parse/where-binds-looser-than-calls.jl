# `where` takes type variables behind a type or a signature.
# RUN: %lig --dump=ast %s | FileCheck %s
A{T} where T
A where {T <: B, S >: C}
function f(x::T)::T where T <: Real
    x
end
f(x) where T = x
# CHECK:      (:where, (:curly, :A, :T), :T)
# CHECK-NEXT: (:where, :A, (:<:, :T, :B), (:>:, :S, :C))
# CHECK-NEXT: (:function, (:where, (:(::), (:call, :f, (:(::), :x, :T)), :T), (:<:, :T, :Real)), (:block, :x))
# CHECK-NEXT: (:(=), (:where, (:call, :f, :x), :T), (:block, :x))
