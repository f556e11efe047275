# SPDX-License-Identifier: MIT
# A call of the function that is being defined needs no call target.
# RUN: %lig --dump=unit %s | FileCheck %s
fact(n) = n < 2 ? 1 : n * fact(n - 1)
fact(3)
# CHECK-LABEL: define i64 @julia_fact_0(
# CHECK: call i64 @julia_fact_0(
# CHECK-NOT: @j_fact
