# SPDX-License-Identifier: MIT
# Splatting takes what `iterate` answers as a pair, and says so when it is none.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
struct A
    answer
end
Base.iterate(a::A, state...) = a.answer
function caught(answer)
    try
        tuple(A(answer)...)
    catch e
        println(typeof(e))
    end
end
function often(answer)
    for i in 1:3
        caught(answer)
    end
end
# CHECK-COUNT-3: BoundsError
often(5)
# CHECK-COUNT-3: BoundsError
often((1,))
# CHECK-COUNT-3: BoundsError
often("ab")
# CHECK-COUNT-3: BoundsError
often(Core.svec())
