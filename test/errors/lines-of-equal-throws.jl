# SPDX-License-Identifier: MIT
# Two calls that throw keep a line each, though code for them looks the same.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
@noinline fail(x) = error("failed")
function f(n)
    if n > 10
        fail(n)
    end
    if n < 0
        fail(n) # the second
    end
    return n
end
f(1)
f(-1)
# CHECK:      [3] f(n::Int64)
# CHECK-NEXT:    @ Main {{.*}}.jl:11
