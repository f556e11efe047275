# SPDX-License-Identifier: MIT
# A const global leaves its value.
# RUN: %lig --dump=unit %s | FileCheck %s
const K = 3
times(x) = x * K
times(2)
# CHECK-NOT: Main.K
# CHECK-LABEL: define i64 @julia_times_0(
# CHECK: mul i64 %"x::Int64", 3
