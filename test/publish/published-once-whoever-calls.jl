# SPDX-License-Identifier: MIT
# However often and from wherever a function is called, it is compiled and published once.
# RUN: %lig --dump=entries %s | FileCheck %s --implicit-check-not="entry shared#2"
@noinline shared(x) = x - 1
one(x) = shared(x) + shared(x + 1)
two(x) = shared(x) * one(x)
a = one(1) + two(2) + one(3)
println(a + two(4))
# CHECK: entry shared#1 specsig
# CHECK: {{^}}30
