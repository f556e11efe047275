# SPDX-License-Identifier: MIT
# Types are called like functions.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
struct P
    x::Int
end
P(1, 2)
# CHECK:      MethodError: no method matching P(::Int64, ::Int64)
# CHECK-NEXT: The type `P` exists, but no method is defined for this combination of argument types when trying to construct it.
# CHECK-EMPTY:
# CHECK-NEXT: Closest candidates are:
# CHECK-NEXT:   P(::Int64)
