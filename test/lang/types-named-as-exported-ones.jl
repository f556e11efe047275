# SPDX-License-Identifier: MIT
# A program's own type may have the name of one that Base or Core exports and the program has not used yet.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s

struct Set
    items::Vector{Int}
end
mutable struct Pair{T}
    left::T
    next::Union{Pair{T},Nothing}
end
abstract type Number end
struct Complex <: Number
    re::Float64
end
primitive type Char 8 end
# CHECK: Set([1, 2])
println(Set([1, 2]))
# CHECK-NEXT: Pair{Int64}(1, nothing)
println(Pair(1, nothing))
# CHECK-NEXT: false true
println(Complex <: Base.Number, " ", Complex <: Number)
# CHECK-NEXT: Char Char
println(Char, " ", typeof('a') === Base.Char ? "Char" : "?")
# Base goes on with its own: a Dict of Base's pairs, characters of a string.
# CHECK-NEXT: 1
println(length(Dict("a" => 1)))

module Inner
struct Dict
    x::Int
end
struct Dict # the same once more is no redefinition
    x::Int
end
end
# CHECK-NEXT: Main.Inner.Dict(3)
println(Inner.Dict(3))
# A name that the program has imported is taken.
import Base: Missing
# CHECK-NEXT: cannot assign a value to imported variable
try
    eval(:(struct Missing end))
catch e
    println(e.msg)
end
