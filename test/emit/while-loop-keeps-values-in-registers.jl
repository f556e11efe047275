# SPDX-License-Identifier: MIT
# Loop variables are phis, not memory.
# RUN: %lig --dump=unit %s | FileCheck %s
function count(n)
    i = 0
    while i < n
        i += 1
    end
    return i
end
count(10)
# CHECK-LABEL: define i64 @julia_count_0(
# CHECK-NOT: alloca
# CHECK: phi i64
# CHECK: ret i64
