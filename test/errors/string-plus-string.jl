# SPDX-License-Identifier: MIT
# Strings are joined with another operator, which is named.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
greet(name) = "hello " + name
greet("you")
# CHECK:      ERROR: LoadError: MethodError: no method matching +(::String, ::String)
# CHECK-NEXT: The function `+` exists, but no method is defined for this combination of argument types.
# CHECK-NEXT: String concatenation is performed with * (See also: https://docs.julialang.org/en/v1/manual/strings/#man-concatenation).
# CHECK-EMPTY:
# CHECK-NEXT: Closest candidates are:
# CHECK:      {{\]}} greet(name::String)
# CHECK-NEXT:    @ Main {{.*}}.jl:5
