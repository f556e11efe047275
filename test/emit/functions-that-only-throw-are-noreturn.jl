# SPDX-License-Identifier: MIT
# Union{} results: noreturn, and nothing behind the call.
# RUN: %lig --dump=unit %s | FileCheck %s
@noinline fail(x) = throw(x)
caller(x) = x < 0 ? fail(x) : x
caller(1)
# CHECK-LABEL: define i64 @julia_caller_0(
# CHECK: call void @j_fail_0(
# CHECK-NEXT: unreachable
