# SPDX-License-Identifier: MIT
# A backtrace goes through C: the callback's own code is no frame of the program's.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=all %s 2>&1 | FileCheck %s
bad(x) = error("no")
through_c(x) = ccall(@cfunction(bad, Int, (Int,)), Int, (Int,), x)
through_c(3)
# CHECK: ERROR: LoadError: no
# CHECK: [1] error(s::String)
# CHECK: [2] bad(x::Int64)
# CHECK: [3] through_c(x::Int64)
# CHECK: [4] top-level scope
