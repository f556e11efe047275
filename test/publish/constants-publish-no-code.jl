# SPDX-License-Identifier: MIT
# A function that only ever returns one constant is published without code: nothing is linked for it.
# RUN: %lig --dump=entries %s | FileCheck %s --implicit-check-not="entry seven"
seven() = 7
a = seven()
plus_seven(x) = x + seven()
b = plus_seven(1)
println(a, "\n", b)
# CHECK:      entry plus_seven#1 specsig, with wrapper
# CHECK-NEXT: {{^}}7
# CHECK-NEXT: {{^}}8
