# SPDX-License-Identifier: MIT
# Complex arithmetic on a struct of two floats needs no memory.
# RUN: %lig --dump=unit %s | FileCheck %s
struct P; x::Float64; y::Float64; end
addp(a, b) = P(a.x + b.x, a.y + b.y)
addp(P(1.0, 2.0), P(3.0, 4.0))
# CHECK-LABEL: define { double, double } @julia_addp_0(
# CHECK-SAME: double %"a::P.1", double %"a::P.2"
# CHECK-NOT: alloca
# CHECK: fadd double %"a::P.1", %"b::P.1"
