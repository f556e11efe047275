# SPDX-License-Identifier: MIT
# A loop over a broadcast that was not materialised calls its function once for each element.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
const calls = Ref(0)
double(x) = (calls[] += 1; 2x)
function total(lazy)
    sum = 0
    for x in lazy
        sum += x
    end
    return sum
end
# CHECK: 12 calls: 3
println(total(Base.broadcasted(double, [1, 2, 3])), " calls: ", calls[])
# CHECK-NEXT: [3, 5]
println([x for x in Base.broadcasted(+, (1, 2), (2, 3))])
