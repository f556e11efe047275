# SPDX-License-Identifier: MIT
# Int64 or Float64: one word, the tag says how to read it.
# RUN: %lig --dump=unit %s | FileCheck %s
@noinline either(x) = x > 0 ? x : 0.5
either(1)
# CHECK-LABEL: define { i64, i8 } @julia_either_0(
