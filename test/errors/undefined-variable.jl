# SPDX-License-Identifier: MIT
# A name that nothing defines: what, where it was used, and how that was reached.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
f(x) = x + undefined_name
f(1)
# CHECK:      ERROR: LoadError: UndefVarError: `undefined_name` not defined in `Main`
# CHECK-NEXT: Suggestion: check for spelling errors or missing imports.
# CHECK-NEXT: Stacktrace:
# CHECK-NEXT:  [1] f(x::Int64)
# CHECK-NEXT:    @ Main {{.*}}/undefined-variable.jl:5
# CHECK-NEXT:  [2] top-level scope
# CHECK-NEXT:    @ {{.*}}/undefined-variable.jl:6
# CHECK-NEXT: in expression starting at {{.*}}/undefined-variable.jl:6
