# SPDX-License-Identifier: MIT
# The body of a function with keywords shows under the name that the user gave it.
# RUN: not %lig %s 2>&1 | FileCheck %s
# RUN: not %lig --compile=min %s 2>&1 | FileCheck %s
@noinline function f(x; a = 1)
    error("x")
end
f("s"; a = 2.0)
# CHECK:      ERROR: LoadError: x
# CHECK:      {{\]}} f(x::String; a::Float64)
# CHECK-NEXT:    @ Main {{.*}}.jl:6
