# SPDX-License-Identifier: MIT
# Bool is a byte between functions and one bit inside.
# RUN: %lig --dump=unit %s | FileCheck %s
@noinline pick(b::Bool, x, y) = b ? x : y
pick(true, 1, 2)
# CHECK-LABEL: define i64 @julia_pick_0(
# CHECK-SAME: i8 zeroext %"b::Bool"
# CHECK: trunc i8 %"b::Bool" to i1
