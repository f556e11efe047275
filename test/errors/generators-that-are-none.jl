# SPDX-License-Identifier: MIT
# Trees that look like generators and are none are printed as trees.
# RUN: %lig %s | FileCheck %s
# CHECK: $(Expr(:flatten, 1))
println(Expr(:flatten, 1))
# CHECK-NEXT: $(Expr(:flatten, :($(Expr(:flatten, :x)))))
println(Expr(:flatten, Expr(:flatten, :x)))
# CHECK-NEXT: $(Expr(:generator))
println(Expr(:generator))
