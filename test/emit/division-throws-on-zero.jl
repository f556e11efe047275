# SPDX-License-Identifier: MIT
# ÷ checks its divisor and throws DivideError.
# RUN: %lig --dump=unit %s | FileCheck %s
quotient(a, b) = div(a, b)
quotient(6, 3)
# CHECK-LABEL: define i64 @julia_quotient_0(
# CHECK: call void @jl_throw_divide(ptr %task)
# CHECK: sdiv i64
