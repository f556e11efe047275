# SPDX-License-Identifier: MIT
# Keywords that are passed on, f(; kw...), split off and merged leave nothing behind in compiled code.
# RUN: %lig --dump=typed %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck --check-prefix=OUT %s
inner(x; a=1, b=2) = x + a + b
passes(x; kw...) = inner(x; kw...)
splits(x; a=1, rest...) = inner(x; a=a, rest...)
some(x) = passes(x; a=5)
both(x) = splits(x; a=2, b=3)
joined(x, y) = merge((a=x, b=y), (b=x, c=y))
println(passes(1), some(1), both(1), joined(1, 2.0))
# CHECK-LABEL: typed passes(::Int64)
# CHECK-NOT: invoke
# CHECK: => Int64
# CHECK-LABEL: typed some(::Int64)
# CHECK-NOT: invoke
# CHECK: => Int64
# CHECK-LABEL: typed both(::Int64)
# CHECK-NOT: invoke
# CHECK: => Int64
# CHECK-LABEL: typed joined(::Int64, ::Float64)
# CHECK-NOT: invoke
# CHECK: => @NamedTuple{a::Int64, b::Int64, c::Float64}
# OUT: 486(a = 1, b = 1, c = 2.0)
