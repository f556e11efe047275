# SPDX-License-Identifier: MIT
# A generator that calls its own function overflows the stack, which can be caught; one that comes to an end is served.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=all %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
@generated function same(x)
    same(1)
    :(x)
end
@generated function next(::Val{N}) where {N}
    next(Val(N + 1))
    :(1)
end
@generated ended(::Val{N}) where {N} = N == 0 ? 1 : N * ended(Val(N - 1))
for i in 1:2
    println(try same(i) catch e; typeof(e) end)
end
println(try next(Val(1)) catch e; typeof(e) end)
println(ended(Val(10)))
# CHECK-COUNT-3: StackOverflowError
# CHECK-NEXT: 3628800
