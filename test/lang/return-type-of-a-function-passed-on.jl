# What a function returns is found out for the one that is passed, not for any function.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
# RUN: %lig --compile=all %s | FileCheck %s
# CHECK: Float64 Int64 Union{}
println(Base.promote_op(+, Int, Float64), " ", Base.promote_op(Int, Float64), " ", Base.promote_op(sin, String))
ask(@nospecialize(f), types) = Core._return_type(f, types)
# CHECK-NEXT: (Float64, String, Int64)
println((ask(*, Tuple{Int,Float64}), ask(string, Tuple{Int}), ask(x -> x + 1, Tuple{Int})))
