# SPDX-License-Identifier: MIT
# === on a mutable struct asks nobody.
# RUN: %lig --dump=unit %s | FileCheck %s
mutable struct Cell; x::Int; end
same(a::Cell, b::Cell) = a === b
c = Cell(1)
same(c, c)
# CHECK-LABEL: define {{.*}}i8 @julia_same_0(
# CHECK: icmp eq ptr %"a::Cell", %"b::Cell"
# CHECK-NOT: jl_egal
