# SPDX-License-Identifier: MIT
# A closure that holds a type holds exactly that type: what it constructs is known.
# RUN: %lig --dump=typed %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck --check-prefix=OUT %s
function wrap(v)
    T = eltype(v)
    g = x -> T(x)
    return g(1)
end
println(wrap(Float32[2]))
println(map((T -> (x -> T(x)))(Int8), [1, 2]))
# CHECK: typed wrap(::Vector{Float32})
# CHECK-NEXT: CodeInfo(
# CHECK-NEXT: return Float32
# OUT: 1.0
# OUT: Int8[1, 2]
# CHECK: typed (::var"#{{.*}}")(::Int64)
# CHECK: => Int8
