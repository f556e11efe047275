# SPDX-License-Identifier: MIT
# The call that ties a component to a frame further below may come to light only while the component is solved:
# then it waits for that frame, and is not closed with what was known before.
# RUN: %lig %s | FileCheck %s
# RUN: %lig --compile=all %s | FileCheck %s
function nested(n::Int)
    n == 0 && return 1
    return sum(j * nested(n - 1) for j in 1:n)
end
println(nested(2), " ", nested(4))
# CHECK: 3 180
println(foldl(=>, 1:4))
# CHECK-NEXT: ((1 => 2) => 3) => 4
function minors(A)
    n = size(A, 1)
    n == 0 && return one(eltype(A))
    minor(j) = A[2:end, [1:j-1; j+1:n]]
    return sum((-1)^(j + 1) * A[1, j] * minors(minor(j)) for j in 1:n)
end
println(minors([1 2; 3 4]), " ", minors([2.0 0.0 1.0; 1.0 3.0 2.0; 0.0 1.0 4.0]))
# CHECK-NEXT: -2 21.0
