# SPDX-License-Identifier: MIT
# new(xs...) wants as many values as there are fields.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
struct P
    x::Int
    y
    P(xs...) = new(xs...)
end
struct E
    E(xs...) = new(xs...)
end
function attempt(T, xs)
    for _ in 1:1
        try
            println(T(xs...))
        catch e
            println(e)
        end
    end
end
attempt(P, (1, 2))
attempt(P, (1,))
attempt(P, [1, 2, 3])
attempt(P, ("a", 2))
attempt(E, ())
attempt(E, (1,))
# CHECK: P(1, 2)
# CHECK-NEXT: ArgumentError("new: too few arguments (expected 2)")
# CHECK-NEXT: ArgumentError("new: too many arguments (expected 2)")
# CHECK-NEXT: MethodError
# CHECK-NEXT: E()
# CHECK-NEXT: ArgumentError("new: too many arguments (expected 0)")
