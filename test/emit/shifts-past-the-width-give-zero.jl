# SPDX-License-Identifier: MIT
# Julia's << is defined for every count.
# RUN: %lig --dump=unit %s | FileCheck %s
shift(x, n::UInt) = Core.Intrinsics.shl_int(x, n)
shift(1, UInt(3))
# CHECK-LABEL: define i64 @julia_shift_0(
# CHECK: icmp uge i64 %"n::UInt64", 64
# CHECK: select i1
