# SPDX-License-Identifier: MIT
# Every file that was being read is named, innermost first.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
println("a")
include("Inputs/thrower.jl")
# CHECK:      a
# CHECK-NEXT: ERROR: LoadError: LoadError: bad thing: 3
# CHECK-NEXT: Stacktrace:
# CHECK-NEXT:  [1] error(s::String, ::Int64)
# CHECK:       [2] thrower(x::Int64)
# CHECK-NEXT:    @ Main {{.*}}/errors/Inputs/thrower.jl:2
# CHECK-NEXT:  [3] top-level scope
# CHECK-NEXT:    @ {{.*}}/errors/Inputs/thrower.jl:5
# CHECK-NEXT:  [4] include(
# CHECK:       [5] top-level scope
# CHECK-NEXT:    @ {{.*}}/error-in-included-file.jl:6
# CHECK-NEXT: in expression starting at {{.*}}/thrower.jl:5
# CHECK-NEXT: in expression starting at {{.*}}/error-in-included-file.jl:6
