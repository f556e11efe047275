# SPDX-License-Identifier: MIT
# Only Bool decides.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
function f(x)
    if x
        1
    end
end
f(1)
# CHECK:      ERROR: LoadError: TypeError: non-boolean (Int64) used in boolean context
# CHECK-NEXT: Stacktrace:
# CHECK-NEXT:  [1] f(x::Int64)
# CHECK-NEXT:    @ Main {{.*}}.jl:6
