# SPDX-License-Identifier: MIT
# Functions and nothing take no parameter.
# RUN: %lig --dump=unit %s | FileCheck %s
@noinline apply_it(f, x, n) = f(x) + x
apply_it(sin, 1.0, nothing)
# CHECK-LABEL: define double @julia_apply_it_0(
# CHECK-SAME: %task, double %"x::Float64")
