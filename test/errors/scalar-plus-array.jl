# SPDX-License-Identifier: MIT
# Adding a number to an array names the operator that does it.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
1 + [1, 2]
# CHECK:      MethodError: no method matching +(::Int64, ::Vector{Int64})
# CHECK-NEXT: For element-wise addition, use broadcasting with dot syntax: scalar .+ array
