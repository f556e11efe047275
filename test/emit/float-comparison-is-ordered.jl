# SPDX-License-Identifier: MIT
# NaN compares false.
# RUN: %lig --dump=unit %s | FileCheck %s
less(a, b) = a < b
less(1.0, 2.0)
# CHECK-LABEL: define {{.*}}i8 @julia_less_0(
# CHECK: fcmp olt double
