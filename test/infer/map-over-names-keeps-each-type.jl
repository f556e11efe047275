# SPDX-License-Identifier: MIT
# map over a tuple of constants: each call is inferred with its own one, so that each element has its own type.
# RUN: %lig --dump=typed %s | FileCheck %s
function pick(a, b)
    return map(n -> n === :a ? a : b, (:a, :b))
end
println(pick(1, 2.0))
# CHECK-LABEL: typed pick(::Int64, ::Float64)
# CHECK-NEXT: CodeInfo(
# CHECK-NEXT: %1 = Core.tuple(a, b)::Tuple{Int64, Float64}
# CHECK-NEXT: return %1
