# SPDX-License-Identifier: MIT
# A call of convert that has no method says what was attempted.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
function f()
    x::Int = 1
    x = "s"
end
f()
# CHECK:      MethodError: Cannot `convert` an object of type String to an object of type Int64
# CHECK-NEXT: The function `convert` exists, but no method is defined for this combination of argument types.
# CHECK:       [1] f()
# CHECK-NEXT:    @ Main {{.*}}.jl:7
