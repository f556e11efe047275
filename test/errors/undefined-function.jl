# SPDX-License-Identifier: MIT
# What ran before the fault has been printed.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
println("before")
no_such_function(1, 2)
# CHECK:      before
# CHECK-NEXT: ERROR: LoadError: UndefVarError: `no_such_function` not defined in `Main`
# CHECK:       [1] top-level scope
# CHECK-NEXT:    @ {{.*}}.jl:6
