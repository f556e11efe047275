# SPDX-License-Identifier: MIT
# Other constants are jl_global#_n.
# RUN: %lig --dump=unit %s | FileCheck %s
greet(x) = x > 0 ? "hello" : "bye"
greet(1)
# CHECK-DAG: @"jl_global#_0" = external global ptr
# CHECK-DAG: @"jl_global#_1" = external global ptr
