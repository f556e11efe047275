# SPDX-License-Identifier: MIT
# More than two scalars go where the caller says.
# RUN: %lig --dump=unit %s | FileCheck %s
@noinline three(x) = (x, x + 1, x + 2)
three(1)
# CHECK-LABEL: define void @julia_three_0(
# CHECK-SAME: sret([24 x i8])
# CHECK: store i64 %"x::Int64", ptr %result
# CHECK: ret void
