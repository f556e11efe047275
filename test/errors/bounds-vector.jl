# SPDX-License-Identifier: MIT
# What was accessed, and where.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
function third(v)
    return v[3]
end
third([1, 2])
# CHECK:      ERROR: LoadError: BoundsError: attempt to access 2-element Vector{Int64} at index [3]
# CHECK-NEXT: Stacktrace:
# CHECK:       getindex(a::Vector{Int64}, i::Int64)
# CHECK:       third(v::Vector{Int64})
# CHECK-NEXT:    @ Main {{.*}}.jl:6
