# SPDX-License-Identifier: MIT
# A broadcast knows its element type, also through builtins, and with it the type of the array that it makes.
# RUN: %lig --dump=typed %s > %t && FileCheck --check-prefix=TYPED %s < %t
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s

# CHECK: Float64
println(Base.promote_op(ifelse, Bool, Float64, Float64))
# CHECK-NEXT: Union{Float64, Int64}
println(Base.promote_op(ifelse, Bool, Float64, Int))
# CHECK-NEXT: Int64
println(Base.promote_op(Core.sizeof, Int))

# TYPED-LABEL: typed folded(::Vector{Float64}
# TYPED: => Vector{Float64}
@noinline folded(x, y) = max.(x, 1 .- x) .* ifelse.(x .> 0.25, y, 2 .* y)
# CHECK-NEXT: [4.5, 1.6]
println(folded([0.1, 0.8], [2.5, 2.0]))
