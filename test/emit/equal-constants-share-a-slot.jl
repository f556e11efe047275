# SPDX-License-Identifier: MIT
# Which object a constant is does not show.
# RUN: %lig --dump=unit %s | FileCheck %s
same(x) = x > 0 ? "hello" : x < -5 ? "hello" : "hello"
same(1)
# CHECK: @"jl_global#_0" = external global ptr
# CHECK-NOT: @"jl_global#_1"
