# SPDX-License-Identifier: MIT
# UInt64 and UInt8 are zeroext, Int32 signext.
# RUN: %lig --dump=unit %s | FileCheck %s
@noinline mix(a, b, c) = (a, b, c)
mix(UInt64(1), UInt8(2), Int32(3))
# CHECK: define {{.*}} @julia_mix_0(
# CHECK-SAME: i64 zeroext %"a::UInt64", i8 zeroext %"b::UInt8", i32 signext %"c::Int32"
