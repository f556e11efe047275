# SPDX-License-Identifier: MIT
# What a closure captured is its parameter.
# RUN: %lig --dump=unit %s | FileCheck %s
adder(n) = x -> x + n
add3 = adder(3)
add3(4)
# CHECK: define i64 @julia_adder_0(
# CHECK: define i64 @julia_adder_0({{.*}}, i64 signext %"#self#::{{.*}}", i64 signext %"x::Int64")
# CHECK: add i64 %"x::Int64", %"#self#
