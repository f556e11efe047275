# SPDX-License-Identifier: MIT
# f(xs...) called with two Ints takes two Ints.
# RUN: %lig --dump=unit %s | FileCheck %s
@noinline pair(xs...) = xs[1] + xs[2]
pair(1, 2)
# CHECK-LABEL: define i64 @julia_pair_0(
# CHECK: add i64
# CHECK-NOT: call
# CHECK: ret i64
