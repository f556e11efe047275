# SPDX-License-Identifier: MIT
# Arrays that do not fit together.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
report(f) = try f() catch e; showerror(stdout, e); println() end
report(() -> [1, 2, 3] + [1, 2])
report(() -> reshape([1, 2, 3], 2, 2))
report(() -> hcat([1, 2], [1, 2, 3]))
add(a, b) = a .+ b
add([1, 2, 3], [1, 2])
# CHECK:      DimensionMismatch: dimensions must match: a has dims (Base.OneTo(3),), b has dims (Base.OneTo(2),), mismatch at 1
# CHECK-NEXT: DimensionMismatch: new dimensions (2, 2) must be consistent with array length 3
# CHECK-NEXT: DimensionMismatch: number of rows of each array must match (got (2, 3))
# CHECK-NEXT: ERROR: LoadError: DimensionMismatch: arrays could not be broadcast to a common size: a has axes Base.OneTo(3) and b has axes Base.OneTo(2)
# CHECK-NEXT: Stacktrace:
# CHECK:      {{\]}} add(a::Vector{Int64}, b::Vector{Int64})
# CHECK-NEXT:    @ Main {{.*}}.jl:9
