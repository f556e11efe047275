# SPDX-License-Identifier: MIT
# Base's + on Int64 leaves nothing but the add.
# RUN: %lig --dump=unit %s | FileCheck %s
add(a, b) = a + b
add(1, 2)
# CHECK-LABEL: define i64 @julia_add_0(
# CHECK: add i64 %"a::Int64", %"b::Int64"
# CHECK-NOT: call
# CHECK: ret i64
