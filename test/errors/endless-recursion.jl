# SPDX-License-Identifier: MIT
# Repeated frames are folded; it takes well under a second.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
f(x) = f(x + 1) + 1
f(1)
# CHECK:      ERROR: LoadError: StackOverflowError:
# CHECK-NEXT: Stacktrace:
# CHECK:      {{\]}} f(x::Int64) (repeats {{[0-9]+}} times)
# CHECK-NEXT:    @ Main {{.*}}.jl:5
