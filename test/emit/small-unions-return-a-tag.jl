# SPDX-License-Identifier: MIT
# Union{Nothing,Int64} is a word and a byte, no object.
# RUN: %lig --dump=unit %s | FileCheck %s
@noinline positive(x) = x > 0 ? x : nothing
positive(1)
# CHECK-LABEL: define { i64, i8 } @julia_positive_0(
# CHECK-NOT: free_list
# CHECK: ret { i64, i8 }
