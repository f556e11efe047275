# SPDX-License-Identifier: MIT
# A recursive function calls itself within its own section: nothing is left to bind, nothing comes back later.
# RUN: %lig --dump=graph %s | FileCheck %s --implicit-check-not="stub of"
fib(n) = n < 2 ? n : fib(n - 1) + fib(n - 2)
println(fib(20))
# CHECK-LABEL: graph fib(Int64)
# CHECK-NEXT:  section .text, {{[0-9]+}} bytes
# CHECK-NEXT:    fib#1, {{[0-9]+}} bytes
# CHECK-NOT:       fib
# CHECK:         fib#1.boxed, {{[0-9]+}} bytes
# CHECK:       {{^}}6765
