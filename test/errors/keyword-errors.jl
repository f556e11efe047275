# SPDX-License-Identifier: MIT
# A keyword nobody takes, one that is missing, and a function without any.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
function report(f)
    try
        f()
    catch e
        showerror(stdout, e)
        println()
    end
end
f(x; a = 1) = x + a
g(x; a) = x + a
h(x) = x
report(() -> g(1))
report(() -> h(1; b = 2))
f(1; b = 2)
# CHECK:      UndefKeywordError: keyword argument `a` not assigned
# CHECK-NEXT: MethodError: no method matching h(::Int64; b::Int64)
# CHECK-NEXT: This method does not support all of the given keyword arguments (and may not support any).
# CHECK-EMPTY:
# CHECK-NEXT: Closest candidates are:
# CHECK-NEXT:   h(::Any) got unsupported keyword argument "b"
# CHECK:      ERROR: LoadError: MethodError: no method matching f(::Int64; b::Int64)
# CHECK-NEXT: This method does not support all of the given keyword arguments (and may not support any).
# CHECK-EMPTY:
# CHECK-NEXT: Closest candidates are:
# CHECK-NEXT:   f(::Any{{.*}}) got unsupported keyword argument "b"
# CHECK:      Stacktrace:
