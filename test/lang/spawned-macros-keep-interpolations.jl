# SPDX-License-Identifier: MIT
# `$` in the body of @async and @spawn is taken out, but not where it is a macro's or a quotation's.
# RUN: %lig -t 2 %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
wait(Threads.@spawn @eval x = $(1 + 1))
# CHECK: 2
println(x)
t = @async for j in 1:3
    Core.eval(Main, :(y = $j))
    @eval z = $j
end
wait(t)
# CHECK-NEXT: 3 3
println(y, " ", z)
values = [fetch(@async $i + 1) for i in 1:2]
# CHECK-NEXT: [2, 3]
println(values)
