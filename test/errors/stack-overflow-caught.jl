# SPDX-License-Identifier: MIT
# A program can catch a StackOverflowError and go on, also more than once.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
grow(n) = Any[grow(n + 1)]
for i in 1:3
    try
        grow(1)
    catch e
        println(typeof(e))
    end
end
println("done")
# CHECK-COUNT-3: StackOverflowError
# CHECK-NEXT: done
