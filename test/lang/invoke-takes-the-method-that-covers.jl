# SPDX-License-Identifier: MIT
# The method for the types that were given, though a more specific one takes some of their values.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
f(x) = "any"
f(x::Number) = "number"
f(x::Int) = "int"
println(invoke(f, Tuple{Any}, 1), " ", invoke(f, Tuple{Number}, 1), " ", invoke(f, Tuple{Int}, 1), " ", f(1))
# CHECK: any number int int
