# SPDX-License-Identifier: MIT
# A call on an unknown type dispatches.
# RUN: %lig --dump=unit %s | FileCheck %s
f(x) = x
dynamic(v::Vector{Any}) = f(v[1])
dynamic(Any[1])
# CHECK: @"-Main.f#_0" = external global ptr
# CHECK-LABEL: define {{.*}} @julia_dynamic_0(
# CHECK: call ptr @jl_apply(ptr %task, ptr %"-Main.f#_0"
