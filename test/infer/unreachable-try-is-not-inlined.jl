# SPDX-License-Identifier: MIT
# A variable that a try assigns stays in memory when the try proves unreachable; the function is called, not inlined.
# RUN: %lig --compile=all -O0 %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
function settle(p)
    for i in 0:2:4
        if UInt128(3) == UInt128(5) < UInt128(31)
            try
                p = i
            catch
            end
        end
    end
    return p <= 0
end
signs(v) = Bool[settle(10) for x in Bool[v == 10, v == -31] if Vector{Int}[] != Vector{Int}[Int[v, v]]]
# CHECK: Bool[0, 0]
println(signs(10))
