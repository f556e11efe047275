# SPDX-License-Identifier: MIT
# Both methods with their arguments, and the signature that would decide.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
f(x::Int, y) = 1
f(x, y::Int) = 2
f(1, 2)
# CHECK:      MethodError: f(::Int64, ::Int64) is ambiguous.
# CHECK-EMPTY:
# CHECK-NEXT: Candidates:
# CHECK-DAG:    f(x::Int64, y)
# CHECK-DAG:    f(x, y::Int64)
# CHECK:      Possible fix, define
# CHECK-NEXT:   f(::Int64, ::Int64)
# CHECK-EMPTY:
# CHECK-NEXT: Stacktrace:
