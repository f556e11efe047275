# SPDX-License-Identifier: MIT
# A function that calls compares its frame with the task's limit first.
# RUN: %lig --dump=unit %s | FileCheck %s
@noinline g(x) = x + 1
h(x) = g(x) + 1
h(1)
# CHECK-LABEL: define i64 @julia_h_0(
# CHECK: call ptr @llvm.frameaddress
# CHECK: load ptr, ptr %task
# CHECK: icmp ult ptr
# CHECK: call void @jl_stack_check(ptr %task)
