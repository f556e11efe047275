# SPDX-License-Identifier: MIT
# Without @inbounds the failing way is a call that does not return.
# RUN: %lig --dump=unit %s | FileCheck %s
get(a, i) = a[i]
get([1.0], 1)
# CHECK-LABEL: define double @julia_get_0(
# CHECK: br i1
# CHECK: unreachable
