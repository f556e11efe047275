# SPDX-License-Identifier: MIT
# An assertion on a value, and on a type.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
f(x) = x::String
try
    f(Int)
catch e
    showerror(stdout, e)
    println()
end
f(1)
# CHECK:      TypeError: in typeassert, expected String, got Type{Int64}
# CHECK-NEXT: ERROR: LoadError: TypeError: in typeassert, expected String, got a value of type Int64
# CHECK:       [1] f(x::Int64)
