# SPDX-License-Identifier: MIT
# A constant of a primitive type of more than 128 bits keeps all of them.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
primitive type Big 256 end

const words = UInt64[1, 2, 3, 0xfedcba9876543210]
const B = unsafe_load(Ptr{Big}(pointer(words)))

function keep(n)
    r = Ref{Big}(B)
    for i in 1:n
        r[] = B
    end
    r[]
end

# CHECK: true
println(keep(100) === B)
