# SPDX-License-Identifier: MIT
# A local variable that was not assigned on this way.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
function g(c)
    if c
        x = 1
    end
    return x
end
g(false)
# CHECK:      ERROR: LoadError: UndefVarError: `x` not defined in local scope
# CHECK-NEXT: Suggestion: check for an assignment to a local variable that shadows a global of the same name.
# CHECK-NEXT: Stacktrace:
# CHECK-NEXT:  [1] g(c::Bool)
# CHECK-NEXT:    @ Main {{.*}}.jl:9
