# struct, mutable struct, abstract and primitive type.
# RUN: %lig --dump=ast %s | FileCheck %s
struct A{T <: Real} <: B{T}
    x::T
end
mutable struct C
    const a::Int
    b
end
abstract type D <: E end
primitive type F 8 end
# CHECK:      (:struct, false, (:<:, (:curly, :A, (:<:, :T, :Real)), (:curly, :B, :T)), (:block, (:(::), :x, :T)))
# CHECK-NEXT: (:struct, true, :C, (:block, (:const, (:(::), :a, :Int)), :b))
# CHECK-NEXT: (:abstract, (:<:, :D, :E))
# CHECK-NEXT: (:primitive, :F, 8)
