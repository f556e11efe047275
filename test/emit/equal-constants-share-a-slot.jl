# SPDX-License-Identifier: MIT
# Which object a constant is does not show.
# RUN: %lig --dump=unit %s | FileCheck %s
hidden(x) = Core.compilerbarrier(:type, x)
same(x) = (hidden("hello"), x, hidden("hello"))
same(1)
# CHECK: @"jl_global#_0" = external global ptr
# CHECK-NOT: @"jl_global#_1"
