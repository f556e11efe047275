# SPDX-License-Identifier: MIT
# A recursion in which every call either recurses or throws is found as well, and its error passes through every try.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=all %s | FileCheck %s
# RUN: %lig --compile=min %s | FileCheck %s
ended(n) = try ended(n + 1) finally end
again(n) = try again(n + 1) catch; rethrow() end
both(n) = (n > 0 && both(n - 1); try both(n + 1) finally end)
function late(n) # returns, or throws what it makes of a call of itself
    n >= 0 && return n
    throw(ErrorException(string(late(n - 1))))
end
for f in (ended, again, both), i in 1:2
    println(f, " ", try f(1) catch e; typeof(e) end)
end
println(late(1), " ", try late(-1) catch e; typeof(e) end)
# CHECK-COUNT-2: ended StackOverflowError
# CHECK-COUNT-2: again StackOverflowError
# CHECK-COUNT-2: both StackOverflowError
# CHECK-NEXT: 1 StackOverflowError
