# SPDX-License-Identifier: MIT
# error("x") with nothing around it.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
error("x")
# CHECK:      {{^}}ERROR: LoadError: x
# CHECK-NEXT: Stacktrace:
# CHECK-NEXT:  [1] error(s::String)
# CHECK:       [2] top-level scope
# CHECK-NEXT:    @ {{.*}}.jl:5
