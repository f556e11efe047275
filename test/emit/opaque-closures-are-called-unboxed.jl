# SPDX-License-Identifier: MIT
# A call of a value that is known to be an OpaqueClosure{A,R} follows from that type alone: its code is loaded from the object,
# arguments and result travel in registers, and a loop of such calls allocates nothing.
# RUN: %lig --dump=unit %s | FileCheck %s
using Base.Experimental: @opaque
function total(f, n)
    s = 0.0
    for i in 1:n
        s += f(i, 0.5)
    end
    return s
end
make(k) = @opaque (i::Int, x::Float64) -> k * i + x
f = make(2.0)
total(f, 2)
println(total(f, 3), " ", (@allocated total(f, 100000)) < 100, " ", total(make(3.0), 3))
# What gives no Float64 for sure is checked; the boxed call does that.
g = @opaque Tuple{Int,Float64}->Float64 (i, x) -> (i < 3 ? x : Core.compilerbarrier(:type, "three"))
println(total(g, 2))
println(try total(g, 3) catch e sprint(showerror, e) end)
# CHECK-LABEL: define double @julia_total_0(
# CHECK: %specptr = load atomic ptr
# CHECK: call ptr @jl_opaque_entry(
# CHECK: call double %{{[0-9]+}}(ptr {{.*}}, ptr {{.*}}, i64 {{.*}}, double 5.000000e-01)
# CHECK: {{^}}13.5 true 19.5
# CHECK: {{^}}1.0
# CHECK: TypeError: in typeassert, expected Float64, got a value of type String
