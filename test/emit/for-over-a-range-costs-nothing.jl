# SPDX-License-Identifier: MIT
# The iteration protocol leaves an integer loop.
# RUN: %lig --dump=unit %s | FileCheck %s
function total(n)
    s = 0
    for i in 1:n
        s += i
    end
    return s
end
total(10)
# CHECK-LABEL: define i64 @julia_total_0(
# CHECK-NOT: call
# CHECK: ret i64
