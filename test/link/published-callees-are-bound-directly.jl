# SPDX-License-Identifier: MIT
# A call of what is published already goes straight to its code, under the name that the session gave it.
# RUN: %lig --dump=graph %s | FileCheck %s
@noinline first_of_two(x) = x * x
a = first_of_two(3)
second_of_two(x) = first_of_two(x) + 1
println(a, " ", second_of_two(3))
# CHECK-LABEL: graph first_of_two(Int64)
# CHECK-LABEL: graph second_of_two(Int64)
# CHECK:         second_of_two#1, {{[0-9]+}} bytes
# CHECK-NEXT:      call -> external first_of_two#1{{$}}
# CHECK-NOT:   stub of
# CHECK:       {{^}}9 10
