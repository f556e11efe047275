# SPDX-License-Identifier: MIT
# A variable that a loop over nothing never assigns is undefined on every way: a block joined with its only
# predecessor hands that on to the phis that use it (builds with assertions check it after every pass).
# RUN: %lig --compile=all %s | FileCheck %s
# RUN: %lig --compile=all -O0 %s | FileCheck %s
smallest(xs, v) = Int64[foldl(min, Int64[], init = v) for x in xs]
# CHECK: [3, 3]
println(smallest([1, 2], 3))
first_found(xs) = Int64[something(findfirst(isodd, Int64[]), x) for x in xs]
# CHECK-NEXT: [5, 6]
println(first_found([5, 6]))
