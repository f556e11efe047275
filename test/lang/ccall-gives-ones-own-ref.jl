# SPDX-License-Identifier: MIT
# Only Base's Ref{T} stands for an object of type T in a ccall: another type of that name is what it says.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
# RUN: %lig --compile=all %s | FileCheck %s
struct Ref{T}
    quot::T
    rem::T
end
divide(a, b) = ccall(:ldiv, Ref{Clong}, (Clong, Clong), a, b)
remainder(a, b) = divide(a, b).rem
# CHECK: Ref{Int64}(3, 1)
println(divide(7, 2))
# CHECK-NEXT: 2
println(remainder(17, 5))
