# SPDX-License-Identifier: MIT
# A cycle of two functions is folded too.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
even(n) = n == 0 ? true : !odd(n + 1)
odd(n) = n == 0 ? false : !even(n + 1)
even(1)
# CHECK:      ERROR: LoadError: StackOverflowError:
# CHECK-NEXT: Stacktrace:
# CHECK:      [1] {{even|odd}}(n::Int64)
# CHECK:      [2] {{even|odd}}(n::Int64)
# CHECK:      --- the above 2 lines are repeated {{[0-9]+}} more times ---
