# SPDX-License-Identifier: MIT
# Operators and bangs are names in a unit as they are.
# RUN: %lig --dump=unit %s | FileCheck %s
struct V; x::Int; end
@noinline Base.:+(a::V, b::V) = V(a.x + b.x)
sum3(a) = a + a
sum3(V(1))
# CHECK: call i64 @"j_+_0"(
