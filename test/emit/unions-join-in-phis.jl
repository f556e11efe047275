# SPDX-License-Identifier: MIT
# The two ways of an if meet as tag and payload.
# RUN: %lig --dump=unit %s | FileCheck %s
@noinline function half(x)
    y = iseven(x) ? x / 2 : nothing
    return y
end
half(4)
# CHECK-LABEL: define { double, i8 } @julia_half_0(
# CHECK: ret { double, i8 }
