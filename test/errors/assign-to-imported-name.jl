# SPDX-License-Identifier: MIT
# A name of Base that was used already.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
println(sin(0.0))
sin = 3
# CHECK:      0.0
# CHECK-NEXT: ERROR: LoadError: cannot assign a value to imported variable Base.sin from module Main
