# SPDX-License-Identifier: MIT
# The condition as it was written, or the message.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
report(f) = try f() catch e; showerror(stdout, e); println() end
report(() -> @assert 1 > 2 "too small: $(1 + 1)")
check(a, b) = @assert a - b - 1 > 0 && !isempty([a])
check(1, 2)
# CHECK:      AssertionError: too small: 2
# CHECK-NEXT: ERROR: LoadError: AssertionError: (a - b) - 1 > 0 && !(isempty([a]))
# CHECK-NEXT: Stacktrace:
# CHECK:      {{\]}} check(a::Int64, b::Int64)
# CHECK-NEXT:    @ Main {{.*}}.jl:7
