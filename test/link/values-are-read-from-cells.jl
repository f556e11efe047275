# SPDX-License-Identifier: MIT
# Symbols, strings and types are loads from the session's cells; C functions are calls. No address appears.
# RUN: %lig --dump=graph %s | FileCheck %s --implicit-check-not=0x
values_of_all_kinds() = (:one, "two", Ref(3))
a = values_of_all_kinds()[1]
parent() = ccall(:getppid, Cint, ())
println(a, " ", parent() > 0)
# CHECK-LABEL: graph values_of_all_kinds()
# CHECK-DAG:       load -> external +Base.RefValue#_0
# CHECK-DAG:       load -> external jl_sym#one#_0
# CHECK-DAG:       load -> external jl_global#_0
# CHECK-LABEL: graph parent()
# CHECK:           call -> external getppid
# CHECK:       {{^}}one true
