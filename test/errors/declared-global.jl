# SPDX-License-Identifier: MIT
# A global that was declared and never assigned is no spelling mistake.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
global total::Int
add(x) = x + total
add(1)
# CHECK:      ERROR: LoadError: UndefVarError: `total` not defined in `Main`
# CHECK-NEXT: Suggestion: add an appropriate import or assignment. This global was declared but not assigned.
# CHECK-NEXT: Stacktrace:
# CHECK-NEXT:  [1] add(x::Int64)
