# SPDX-License-Identifier: MIT
# Only the sum that the loop carries is relaxed.
# RUN: %lig --dump=unit %s | FileCheck %s
function total(a)
    s = 0.0
    @simd for i in eachindex(a)
        @inbounds s += a[i] * 2.0
    end
    return s
end
total([1.0])
# CHECK-LABEL: define double @julia_total_0(
# CHECK: fmul double
# CHECK: fadd reassoc contract double
