# SPDX-License-Identifier: MIT
# A call of what nobody has compiled yet goes to a stub; the callee is linked when the call is made.
# RUN: %lig --dump=graph %s | FileCheck %s
@noinline later(x) = x + 1.5
caller(x) = later(x) * 2.0
println(caller(1.0))
# CHECK-LABEL: graph caller(Float64)
# CHECK:         caller#1, {{[0-9]+}} bytes
# CHECK-NEXT:      call -> external stub of j_later_0
# CHECK-LABEL: graph later(Float64)
# CHECK:       {{^}}5.0
