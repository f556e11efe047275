# SPDX-License-Identifier: MIT
# setfield! of a known mutable struct is one store.
# RUN: %lig --dump=unit %s | FileCheck %s
mutable struct Body; x::Float64; y::Float64; end
move!(b, d) = (b.x = d; nothing)
move!(Body(1.0, 2.0), 3.0)
# CHECK-LABEL: define void @"julia_move!_0"(
# CHECK: store double %"d::Float64", ptr %"b::Body"
