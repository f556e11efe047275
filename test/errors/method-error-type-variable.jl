# SPDX-License-Identifier: MIT
# A variable that stands twice ties two arguments together.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
same(x::T, y::T) where {T} = x
same(1, "a")
# CHECK:      MethodError: no method matching same(::Int64, ::String)
# CHECK:        same(::T, !Matched::T) where T
