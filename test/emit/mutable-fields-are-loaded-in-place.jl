# SPDX-License-Identifier: MIT
# getfield of a known mutable struct is one load.
# RUN: %lig --dump=unit %s | FileCheck %s
mutable struct Body; x::Float64; y::Float64; end
@noinline second(b) = b.y
second(Body(1.0, 2.0))
# CHECK-LABEL: define double @julia_second_0(
# CHECK: getelementptr inbounds i8, ptr %"b::Body", i64 8
# CHECK: load double
# CHECK-NEXT: ret double
