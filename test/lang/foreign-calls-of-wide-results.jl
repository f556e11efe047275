# SPDX-License-Identifier: MIT
# A struct that does not fit into registers comes back through memory of the caller's. (A sanitizer's malloc leaves
# these statistics empty.)
# UNSUPPORTED: sanitized
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
# RUN: %lig --compile=all %s | FileCheck %s
function words_of_heap()
    m = ccall(:mallinfo2, NTuple{10,Csize_t}, ())
    for i in 1:10
        m = ccall(:mallinfo2, NTuple{10,Csize_t}, ())
    end
    m
end
# CHECK: true
println((m = words_of_heap(); m[8] + m[9] == m[1] > 0))
