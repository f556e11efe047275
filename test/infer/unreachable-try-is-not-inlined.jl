# SPDX-License-Identifier: MIT
# A variable that a try assigns stays in memory when the try proves unreachable; the function is called, not inlined.
# RUN: %lig --compile=all -O0 %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
function settle(p)
    if 3 < 2
        try
            p = 5
        catch
        end
    end
    return p <= 0
end
signs(v) = Bool[settle(-1) for x in [v == 10, v == 31] if x]
# CHECK: Bool[1]
println(signs(10))
