# SPDX-License-Identifier: MIT
# A call on an unknown type dispatches.
# RUN: %lig --dump=unit %s | FileCheck %s
dynamic(v::Vector{Any}) = v[1](2)
dynamic(Any[abs])
# CHECK-LABEL: define {{.*}} @julia_dynamic_0(
# CHECK: call ptr @jl_apply(ptr %task, ptr %{{[0-9]+}}, ptr %args, i32 1)
