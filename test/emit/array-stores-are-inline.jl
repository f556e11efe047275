# SPDX-License-Identifier: MIT
# a[i] = x stores the bits.
# RUN: %lig --dump=unit %s | FileCheck %s
put!(a, i, x) = (@inbounds a[i] = x; nothing)
put!([1.0], 1, 2.0)
# CHECK-LABEL: define void @"julia_put!_0"(
# CHECK: store double %"x::Float64"
