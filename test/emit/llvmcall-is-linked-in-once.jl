# SPDX-License-Identifier: MIT
# Each call's IR becomes a function of the unit; names that two modules share do not meet.
# RUN: %lig --dump=unit %s | FileCheck %s
one(x) = Base.llvmcall(("define internal i64 @h(i64 %x) {\n %y = add i64 %x, 1\n ret i64 %y\n}\ndefine i64 @f(i64 %x) {\n %y = call i64 @h(i64 %x)\n ret i64 %y\n}", "f"), Int, Tuple{Int}, x)
both(x) = one(x) + Base.llvmcall(("define internal i64 @h(i64 %x) {\n %y = mul i64 %x, 3\n ret i64 %y\n}\ndefine i64 @f(i64 %x) {\n %y = call i64 @h(i64 %x)\n ret i64 %y\n}", "f"), Int, Tuple{Int}, x)
both(3)
# CHECK-LABEL: define i64 @julia_both_0(
# CHECK: call i64 @llvmcall_0(i64
# CHECK: call i64 @llvmcall_1(i64
# CHECK: define internal i64 @llvmcall_0(
# CHECK: call i64 @h(
# CHECK: define internal i64 @h(
# CHECK: add
# CHECK: define internal i64 @llvmcall_1(
# CHECK: call i64 [[SECOND:@h[.0-9]+]](
# CHECK: define internal i64 [[SECOND]](
# CHECK: mul
