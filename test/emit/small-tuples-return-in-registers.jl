# SPDX-License-Identifier: MIT
# Two scalars come back as two registers.
# RUN: %lig --dump=unit %s | FileCheck %s
@noinline two(x) = (x, x + 1)
two(1)
# CHECK-LABEL: define { i64, i64 } @julia_two_0(
# CHECK: insertvalue { i64, i64 }
# CHECK-NOT: alloc
# CHECK: ret { i64, i64 }
